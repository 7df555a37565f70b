package io.agents.registry.flags.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds the name of this node. */
final class NodeName {

  static final String LAST_RESORT = "localhost";

  private NodeName() {}

  /**
   * The first of these that is there and not blank, without white space around it.
   *
   * @param configured from the configuration; may be null
   * @param property from the framework; may be null
   * @param environment the variables of the process
   */
  static String of(
      @Nullable String configured, @Nullable String property, UnaryOperator<String> environment) {
    String known = firstOf(configured, property, environment.apply("HOSTNAME"));
    if (known != null) {
      return known;
    }
    // The host is asked only if it must be: that may take seconds where names are resolved over the
    // network.
    String host = firstOf(hostName());
    return host != null ? host : LAST_RESORT;
  }

  private static @Nullable String firstOf(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate.strip();
      }
    }
    return null;
  }

  private static @Nullable String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
