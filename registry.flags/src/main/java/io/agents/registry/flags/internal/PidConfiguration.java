package io.agents.registry.flags.internal;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * One configuration in ConfigurationAdmin, read and changed as a map. Keys do not tell cases apart,
 * as those of ConfigurationAdmin.
 *
 * <p>Holds no state and no lock: every call asks ConfigurationAdmin anew. Who changes one PID from
 * several threads has to put the changes in order.
 */
final class PidConfiguration {

  /** How often a change is tried anew if somebody deletes the configuration meanwhile. */
  private static final int ATTEMPTS = 10;

  private final ConfigurationAdmin admin;
  private final String pid;

  PidConfiguration(ConfigurationAdmin admin, String pid) {
    this.admin = admin;
    this.pid = pid;
  }

  /**
   * What is configured now.
   *
   * @return the keys and values; empty if there is no configuration
   * @throws IllegalStateException if ConfigurationAdmin is going, or the configuration is deleted
   *     again and again
   */
  Map<String, Object> read() throws IOException {
    return attempt(() -> properties(find()));
  }

  /**
   * Changes the configuration, with one write, or none. Makes one, visible to any bundle, if there
   * is none.
   *
   * @param change is given a copy of what is configured, changes it, and returns whether it is to
   *     be written; called again if the configuration is deleted meanwhile
   * @return whether it was written
   * @throws IllegalStateException as {@link #read}
   */
  boolean edit(Predicate<Map<String, Object>> change) throws IOException {
    return attempt(
        () -> {
          Configuration present = find();
          Map<String, Object> values = properties(present);
          if (!change.test(values)) {
            return false;
          }
          // Only now: asking for a configuration that is not there makes one.
          Configuration target = present == null ? admin.getConfiguration(pid, "?") : present;
          target.update(FrameworkUtil.asDictionary(values));
          return true;
        });
  }

  /**
   * How often it was changed since it was made.
   *
   * @return its count of changes; 0 if there is no configuration
   * @throws IllegalStateException as {@link #read}
   */
  long changes() throws IOException {
    return attempt(
        () -> {
          Configuration present = find();
          return present == null ? 0L : present.getChangeCount();
        });
  }

  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Access<T> access) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return access.run();
      } catch (IllegalStateException e) {
        // The Configuration was deleted between finding and using it; the next one will be fresh.
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(
              "the configuration " + pid + " can't be used: " + e.getMessage(), e);
        }
      }
    }
  }

  private @Nullable Configuration find() throws IOException {
    try {
      Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
      return found == null ? null : found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("the PID " + pid + " can't stand in a filter", e);
    }
  }

  private static Map<String, Object> properties(@Nullable Configuration configuration) {
    Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Dictionary<String, Object> present =
        configuration == null ? null : configuration.getProperties();
    if (present != null) {
      for (String key : Collections.list(present.keys())) {
        values.put(key, present.get(key));
      }
    }
    return values;
  }
}
