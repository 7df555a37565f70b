package io.agents.reliability;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The shell of a framework, which is reached by reflection, as its classes are its own. */
final class Gogo {

  private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";

  private final BundleContext context;

  Gogo(BundleContext context) {
    this.context = context;
  }

  /**
   * Runs a line as a shell does, with variables {@code $0}, {@code $1} and so on in it.
   *
   * @return what it printed, and its result
   * @throws Exception what the command, or Gogo, has thrown
   */
  String run(String line, String... variables) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    ServiceReference<?> reference = context.getAllServiceReferences(PROCESSOR, null)[0];
    Object processor = context.getService(reference);
    Class<?>[] streams = {InputStream.class, OutputStream.class, OutputStream.class};
    Object session =
        call(
            processor,
            PROCESSOR,
            "createSession",
            streams,
            InputStream.nullInputStream(),
            out,
            out);
    String type = PROCESSOR.replace("CommandProcessor", "CommandSession");
    try {
      for (int i = 0; i < variables.length; i++) {
        Class<?>[] types = {String.class, Object.class};
        call(session, type, "put", types, "v" + i, variables[i]);
      }
      Class<?>[] text = {CharSequence.class};
      Object result = call(session, type, "execute", text, line);
      if (result != null) {
        out.println(result);
      }
    } finally {
      call(session, type, "close", new Class<?>[0]);
      context.ungetService(reference);
    }
    return printed.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static Object call(
      Object target, String type, String method, Class<?>[] types, Object... arguments)
      throws Exception {
    try {
      return target
          .getClass()
          .getClassLoader()
          .loadClass(type)
          .getMethod(method, types)
          .invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
  }
}
