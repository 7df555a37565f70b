package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagChange.Source;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computes the flags from definitions, configuration and the name of the node, and keeps what they
 * were.
 */
final class FlagTable {

  /*
   * Readers take the snapshot, immutable in a volatile field. What depends on the time is in it: whoever waits for the next
   * time that any value begins or ends to hold (FlagStore does) has it computed anew then. Whoever has news (a configuration that was read, a
   * definition that came) computes the next snapshot under this object's lock. It is a leaf: nothing is called under it
   * but code of this package that keeps values; logs and listeners get what is returned, after the lock.
   *
   * Order of configurations. Events say that something changed, never what it is now: they come late, on several threads,
   * and several changes may come as one. So each event makes its thread read the configuration, and the reading carries
   * a ticket that was drawn BEFORE it began. Only a reading with a higher ticket than the last one is taken. The last
   * change has an event, that event draws its ticket after the change, and so does every higher ticket: the reading that
   * is taken last has seen the last change. A reading that was overtaken may be older or newer than the one that
   * overtook it; it is dropped, and nothing is lost by it.
   */

  /** What came of some news, to be told after the lock is released. */
  record Outcome(boolean changed, List<FlagChange> changes, List<String> warnings) {
    static final Outcome NOTHING = new Outcome(false, List.of(), List.of());
  }

  /**
   * What readers see.
   *
   * @param flags by name; the map takes any key, also null, and never changes
   * @param nodeName the name of the node that they were computed for
   */
  record Snapshot(Map<String, FlagState> flags, String nodeName) {}

  private final Clock clock;

  /** Written under the lock, read without. */
  private volatile Snapshot snapshot;

  // All of these are guarded by the lock.
  private final ArrayDeque<FlagChange> history = new ArrayDeque<>();
  private final Map<String, String> reported = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private Definitions.Holding definitions = new Definitions.Holding(0, List.of());
  private ExternalSource.Answer external = ExternalSource.Answer.NONE;
  private Map<String, Object> configuration = Map.of();
  private long ticket;
  private @Nullable Intent intent;
  private @Nullable Instant nextTime;

  FlagTable(Clock clock, String nodeName, List<FlagChange> formerHistory) {
    this.clock = clock;
    this.snapshot = new Snapshot(Map.of(), nodeName);
    formerHistory.forEach(this::remember);
  }

  /** What holds now: one volatile read. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** The flags by name. The map takes any key, also null, and never changes. */
  Map<String, FlagState> flags() {
    return snapshot.flags();
  }

  synchronized List<FlagChange> history() {
    return List.copyOf(history);
  }

  String nodeName() {
    return snapshot.nodeName();
  }

  /** When the flags have to be computed anew, by {@link #timeCame}, if nothing else happens. */
  synchronized Optional<Instant> nextTime() {
    return Optional.ofNullable(nextTime);
  }

  /** Takes a configuration that was read after the ticket was drawn. */
  synchronized Outcome configured(long drawn, Map<String, Object> values) {
    if (drawn <= ticket) {
      return Outcome.NOTHING;
    }
    ticket = drawn;
    configuration = values;
    return compute(Trigger.CONFIGURATION);
  }

  /** Takes the definitions that hold, unless it has newer ones. */
  synchronized Outcome defined(Definitions.Holding holding) {
    if (holding.version() <= definitions.version()) {
      return Outcome.NOTHING;
    }
    definitions = holding;
    return computeIfConfigured(Trigger.DEFINITION);
  }

  /** Takes the name of the node. */
  synchronized Outcome named(String node) {
    snapshot = new Snapshot(snapshot.flags(), node);
    return computeIfConfigured(Trigger.CONFIGURATION);
  }

  /** Takes the answer of flags that are kept elsewhere, unless it has a newer one. */
  synchronized Outcome answered(ExternalSource.Answer answer) {
    if (answer.version() <= external.version()) {
      return Outcome.NOTHING;
    }
    external = answer;
    return computeIfConfigured(Trigger.EXTERNAL);
  }

  /** Looks at the clock. */
  synchronized Outcome timeCame() {
    return computeIfConfigured(Trigger.TIME);
  }

  /** Announces a change that is about to be written. One at a time. */
  synchronized void expect(Intent expected) {
    intent = expected;
  }

  /** Ends the announcement. From then on what was booked does not change. */
  synchronized void finish() {
    intent = null;
  }

  /** Before the first reading there is nothing to compute from, and no change to speak of. */
  private Outcome computeIfConfigured(Trigger trigger) {
    return ticket == 0 ? Outcome.NOTHING : compute(trigger);
  }

  private Outcome compute(Trigger trigger) {
    Map<String, FlagState> before = snapshot.flags();
    // Not Map.of, whose get does not take null.
    Map<String, FlagState> after = new HashMap<>();
    List<FlagChange> changes = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Moment moment = new Moment(clock.instant());
    for (FlagDefinition definition : definitions.definitions()) {
      FlagState old = before.get(definition.name());
      FlagState now = state(definition, old, moment, warnings);
      after.put(now.name(), now);
      if (old != null) {
        if (!old.value().equals(now.value()) || old.configured() != now.configured()) {
          changes.add(change(old.value(), now.value(), now, trigger));
        } else if (!old.inForce().equals(now.inForce())) {
          changes.add(change(old.inForce(), now.inForce(), now, Trigger.TIME));
        }
      }
    }
    reportUnknownKeys(after, warnings);
    boolean changed = !after.equals(before);
    nextTime = moment.next();
    snapshot = new Snapshot(after, snapshot.nodeName());
    return new Outcome(changed, changes, warnings);
  }

  private FlagState state(
      FlagDefinition definition, @Nullable FlagState old, Moment moment, List<String> warnings) {
    String name = definition.name();
    Object raw = configuration.get(name);
    Optional<FlagValue> answer = external.valueOf(name);
    FlagValue unconfigured = answer.orElse(definition.defaultValue());
    FlagValue value = unconfigured;
    boolean configured = false;
    if (raw == null) {
      reported.remove(name);
    } else {
      try {
        value = FlagValue.of(raw);
        configured = true;
        reported.remove(name);
      } catch (IllegalArgumentException refused) {
        if (old != null && old.configured()) {
          value = old.value();
          configured = true;
        }
        report(name, refused.getMessage(), warning(refused, name, value), warnings);
      }
    }
    FlagValue inForce = moment.inForce(value, unconfigured);
    return new FlagState(
        name,
        definition.description(),
        definition.defaultValue(),
        value,
        configured,
        inForce.includes(name, FlagContext.ofNode(snapshot.nodeName())),
        inForce,
        configured || answer.isEmpty() ? "" : external.source(),
        definition.removeBy(),
        definition.removeBy().filter(moment::isOver).isPresent());
  }

  private static String warning(IllegalArgumentException refused, String key, FlagValue kept) {
    return "configuration "
        + FeatureFlags.PID
        + ", key "
        + key
        + ": "
        + refused.getMessage()
        + "; the flag stays "
        + kept;
  }

  private void reportUnknownKeys(Map<String, FlagState> flags, List<String> warnings) {
    reported.keySet().removeIf(key -> !configuration.containsKey(key));
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(flags.keySet());
    for (String key : configuration.keySet()) {
      if (!known.contains(key) && !ReservedKeys.isReserved(key)) {
        String warning =
            "configuration "
                + FeatureFlags.PID
                + ": unknown key "
                + Texts.describe(key)
                + "; ignored until a flag of this name is defined; the flags are "
                + String.join(", ", known);
        report(key, "unknown", warning, warnings);
      }
    }
  }

  /** Warns unless the same problem was the last one reported of this key. */
  private void report(String key, @Nullable String problem, String warning, List<String> warnings) {
    if (!Objects.equals(reported.put(key, problem), problem)) {
      warnings.add(warning);
    }
  }

  private FlagChange change(FlagValue from, FlagValue to, FlagState now, Trigger trigger) {
    Intent ours = intent != null && intent.explains(now) ? intent : null;
    FlagChange change =
        new FlagChange(
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            now.name(),
            from,
            to,
            now.configured(),
            ours != null ? ours.reason() : trigger.reason(),
            ours != null ? Source.CALL : trigger.source());
    if (ours != null) {
      ours.book(change);
    }
    remember(change);
    return change;
  }

  private void remember(FlagChange change) {
    history.addLast(change);
    if (history.size() > FeatureFlags.HISTORY_SIZE) {
      history.removeFirst();
    }
  }
}
