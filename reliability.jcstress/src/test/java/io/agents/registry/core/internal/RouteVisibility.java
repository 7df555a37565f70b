package io.agents.registry.core.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** A reader in a loop sees the switch of the route: it is volatile. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "seen")
@Outcome(expect = Expect.FORBIDDEN, desc = "never seen")
@State
public class RouteVisibility {

  private final TwoStores stores = TwoStores.withAgent();

  @Actor
  public void read() {
    // Links the class of the route, so that reads of it can be inlined.
    stores.revision();
    long generation = stores.routing.route().generation();
    while (generation == 0) {
      generation = stores.routing.route().generation();
    }
  }

  @Signal
  public void handOver() {
    stores.handOver();
  }
}
