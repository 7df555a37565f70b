package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the flags and their configuration in step, and tells of changes. */
final class FlagStore {

  /*
   * The values are read from ConfigurationAdmin, not taken from DS, because a change must be in effect when the call that
   * made it returns, and because a delivery that comes late must not undo a newer one. FlagTable says how readings are
   * put in order. The listener is a synchronous one, so that a change by anybody is in effect when its update() returns;
   * and an asynchronous one too, in case an implementation tells the synchronous ones before its own state has changed.
   */

  private static final Logger LOG = LoggerFactory.getLogger(FlagStore.class);

  private final PidConfiguration configuration;
  private final HistoryFile<FlagChange> historyFile;
  private final FlagTable table;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * Filled by {@link #open} and emptied by {@link #close}, which the component's life cycle keeps
   * apart.
   */
  private final List<ServiceRegistration<?>> registrations = new CopyOnWriteArrayList<>();

  /** Puts the readings of the configuration in order; drawn before each. */
  private final AtomicLong tickets = new AtomicLong();

  /**
   * Held while this object changes the configuration: to read, change and write a map of keys is
   * one step, or calls would lose each other's keys. ConfigurationAdmin is called under it, and
   * calls its listeners; so none of our callbacks may ever take it, and none does.
   */
  private final ReentrantLock writing = new ReentrantLock();

  FlagStore(PidConfiguration configuration, HistoryFile<FlagChange> historyFile, String nodeName) {
    this.configuration = configuration;
    this.historyFile = historyFile;
    this.table = new FlagTable(Clock.systemUTC(), nodeName, historyFile.read());
  }

  /**
   * Reads the configuration and follows it from then on.
   *
   * @throws UncheckedIOException if it can't be read; nothing stays open then
   */
  void open(BundleContext context) {
    // Before the first reading, or a change between the two would be missed.
    registrations.add(
        context.registerService(SynchronousConfigurationListener.class, this::changed, null));
    registrations.add(context.registerService(ConfigurationListener.class, this::changed, null));
    try {
      reload();
    } catch (UncheckedIOException | IllegalStateException e) {
      close();
      throw e;
    }
  }

  void close() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
    listeners.clear();
  }

  Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  Map<String, FlagState> flags() {
    return table.flags();
  }

  List<FlagChange> history() {
    return table.history();
  }

  String nodeName() {
    return table.nodeName();
  }

  void define(Definitions.Holding holding) {
    publish(table.defined(holding));
  }

  void name(String nodeName) {
    publish(table.named(nodeName));
  }

  /**
   * Writes what is wanted, if it does not stand there already, and gives the changes that came of
   * it.
   */
  Map<String, FlagChange> write(Intent intent) {
    writing.lock();
    try {
      table.expect(intent);
      try {
        configuration.edit(values -> apply(intent, values));
        // The listener has done so already, if ConfigurationAdmin told it; then this changes
        // nothing.
        reload();
      } finally {
        table.finish();
      }
      return intent.booked();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "configuration " + FeatureFlags.PID + " can't be written; the flags stay as they are", e);
    } finally {
      writing.unlock();
    }
  }

  private static boolean apply(Intent intent, Map<String, Object> values) {
    boolean differs = false;
    for (Map.Entry<String, Optional<FlagValue>> entry : intent.wanted().entrySet()) {
      Object present = values.get(entry.getKey());
      Optional<FlagValue> wanted = entry.getValue();
      if (wanted.isEmpty() ? present != null : !saysSo(present, wanted.get())) {
        differs = true;
        values.remove(entry.getKey());
        wanted.ifPresent(value -> values.put(entry.getKey(), value.toString()));
      }
    }
    return differs;
  }

  /** Whether a configured value means this one already, in whatever form. */
  private static boolean saysSo(@Nullable Object present, FlagValue wanted) {
    try {
      return FlagValue.of(present).equals(wanted);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private void changed(ConfigurationEvent event) {
    if (FeatureFlags.PID.equals(event.getPid())) {
      try {
        reload();
      } catch (IllegalStateException e) {
        // ConfigurationAdmin is being stopped, and this component goes with it.
        LOG.info("The flags stay as they are; {}", e.getMessage());
      } catch (UncheckedIOException e) {
        LOG.warn("The flags stay as they are", e);
      }
    }
  }

  private void reload() {
    long ticket = tickets.incrementAndGet();
    try {
      publish(table.configured(ticket, configuration.read()));
    } catch (IOException e) {
      throw new UncheckedIOException("configuration " + FeatureFlags.PID + " can't be read", e);
    }
  }

  private void publish(FlagTable.Outcome outcome) {
    outcome.warnings().forEach(LOG::warn);
    for (FlagChange change : outcome.changes()) {
      LOG.info(
          "Flag {}: {} -> {} ({}, {})",
          change.flag(),
          change.from(),
          change.to(),
          change.source(),
          Texts.describe(change.reason()));
    }
    if (!outcome.changes().isEmpty()) {
      historyFile.write(table::history);
    }
    if (outcome.changed()) {
      listeners.forEach(Runnable::run);
    }
  }
}
