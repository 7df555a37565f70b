package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Calls {@link Routing#lookedAt} so that the compiler does not copy it into its caller. */
final class OutOfLine {

  /*
   * Design
   *
   * One lookup in 256 is often enough for the just-in-time compiler of Java 17 to take it for hot, and
   * to put the second way of looking up, the clock, the histogram and the queue into every place that
   * looks up an agent. What comes of that is too large to be inlined further, so that each lookup
   * pays for a call and, in one virtual machine of two or three, for an Optional on the heap: a tenth to a
   * quarter of its time. A method handle that is no constant is never inlined. It is a field of an object
   * for that reason, and must not be static.
   */

  private final MethodHandle handle = find();

  private static MethodHandle find() {
    MethodType type =
        MethodType.methodType(Agent.class, Route.class, Watch.class, int.class, String.class);
    try {
      return MethodHandles.lookup().findVirtual(Routing.class, "lookedAt", type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Routing.lookedAt is not there", e);
    }
  }

  @Nullable Agent lookup(Routing routing, Route before, Watch watch, int drawn, String id) {
    try {
      return (Agent) handle.invokeExact(routing, before, watch, drawn, id);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a lookup has thrown a checked exception", e);
    }
  }
}
