package io.agents.registry.flags.internal;

import io.agents.registry.flags.ExternalFlags;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the flags elsewhere that the configuration names for the registry's flag. */
final class ExternalSource {

  private static final Logger LOG = LoggerFactory.getLogger(ExternalSource.class);

  /**
   * An answer.
   *
   * @param version higher than that of every older answer
   * @param source who gave it; empty text for nobody
   * @param on the answer; null for none
   */
  record Answer(long version, String source, @Nullable Boolean on) {
    static final Answer NONE = new Answer(0, "", null);

    /** The value of a flag, if this is an answer for it. */
    Optional<FlagValue> valueOf(String flag) {
      return on == null || !flag.equals(FeatureFlags.USE_ETS)
          ? Optional.empty()
          : Optional.of(on ? FlagValue.ON : FlagValue.OFF);
    }
  }

  // All guarded by this object's lock, a leaf.
  private final Map<ServiceReference<ExternalFlags>, ExternalFlags> services = new HashMap<>();
  private String wanted = "";
  private Answer last = Answer.NONE;
  private long asked;
  private boolean reported;

  synchronized void add(ServiceReference<ExternalFlags> reference, ExternalFlags service) {
    services.put(reference, service);
  }

  synchronized void remove(ServiceReference<ExternalFlags> reference) {
    services.remove(reference);
  }

  /** Says whose answer counts; empty text for nobody's. */
  synchronized void want(String name) {
    wanted = name.strip();
  }

  /**
   * Asks, under no lock. Who has no answer keeps the last one of the same name.
   *
   * @param nodeName the name of this node
   */
  Answer ask(String nodeName) {
    long version;
    String name;
    ExternalFlags service;
    synchronized (this) {
      version = ++asked;
      name = wanted;
      service = named(name);
    }
    Optional<Boolean> on = service == null ? Optional.empty() : answer(service, name, nodeName);
    synchronized (this) {
      if (version > last.version()) {
        Boolean kept = last.source().equals(name) ? last.on() : null;
        last = new Answer(version, name, on.isPresent() ? on.get() : kept);
      }
      return last;
    }
  }

  /** The best of those with the name. */
  private @Nullable ExternalFlags named(String name) {
    return services.entrySet().stream()
        .filter(e -> !name.isEmpty() && name.equals(e.getKey().getProperty(ExternalFlags.NAME)))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  private Optional<Boolean> answer(ExternalFlags service, String name, String nodeName) {
    try {
      Optional<Boolean> on = service.isEnabled(FeatureFlags.USE_ETS, FlagContext.ofNode(nodeName));
      reported(false);
      return Objects.requireNonNull(on, "null is no answer");
    } catch (RuntimeException e) {
      if (!reported(true)) {
        LOG.warn(
            "The flags '{}' fail to answer for {}; their last answer counts",
            name,
            FeatureFlags.USE_ETS,
            e);
      }
      return Optional.empty();
    }
  }

  private synchronized boolean reported(boolean now) {
    boolean before = reported;
    reported = now;
    return before;
  }
}
