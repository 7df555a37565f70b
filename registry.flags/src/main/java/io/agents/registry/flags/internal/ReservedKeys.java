package io.agents.registry.flags.internal;

import java.util.List;
import java.util.Locale;

/** The keys that tools and the platform put into configurations beside those of the PID's owner. */
public final class ReservedKeys {

  /** What such keys begin with; keys that begin with a dot or a colon are reserved too. */
  public static final List<String> PREFIXES =
      List.of("service.", "component.", "felix.", "org.apache.");

  private ReservedKeys() {}

  /**
   * Whether a key belongs to a tool or the platform.
   *
   * @param key the key
   * @return whether it is reserved
   */
  public static boolean isReserved(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return key.isEmpty()
        || key.charAt(0) == '.'
        || key.charAt(0) == ':'
        || PREFIXES.stream().anyMatch(lower::startsWith);
  }
}
