package io.agents.registry.shell.karaf.internal;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;

/** Services and sessions that answer some of their methods, by name, and fail in all others. */
final class Fakes {

  private Fakes() {}

  static <T> T of(Class<T> type) {
    return of(type, Map.of());
  }

  static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Function<Object[], Object> answer = answers.get(method.getName());
              if (answer != null) {
                return answer.apply(arguments);
              }
              return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "a fake " + type.getSimpleName();
                default -> throw new UnsupportedOperationException("" + method);
              };
            }));
  }

  /** A session without a terminal, as that of a client which runs one command. */
  static Session client() {
    return session(null);
  }

  /** A session in front of a terminal. */
  static Session console(int width) {
    return session(
        of(Terminal.class, Map.of("getWidth", none -> width, "isAnsiSupported", none -> true)));
  }

  private static Session session(Terminal terminal) {
    return of(
        Session.class,
        Map.of(
            "getTerminal",
            none -> terminal,
            "resolveCommand",
            name -> name[0].equals("count") ? "registry:count" : name[0]));
  }

  /** What a line looks like to a completer when the cursor is at its end. */
  static CommandLine line(String... words) {
    return lineAsTyped(String.join(" ", words), words);
  }

  /** The same where the words stand in quotes in the line. */
  static CommandLine lineAsTyped(String all, String... words) {
    String last = words[words.length - 1];
    return of(
        CommandLine.class,
        Map.of(
            "getArguments", none -> words,
            "getCursorArgument", none -> last,
            "getCursorArgumentIndex", none -> words.length - 1,
            "getArgumentPosition", none -> last.length(),
            "getBufferPosition", none -> all.length(),
            "getBuffer", none -> all));
  }
}
