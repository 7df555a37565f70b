package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import java.io.File;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the stage in step with the flags, remembers its history, and tells of changes. */
@Component(service = StageComponent.class, configurationPid = Rollout.PID, immediate = true)
@Designate(ocd = RolloutConfiguration.class)
public final class StageComponent {

  private static final Logger LOG = LoggerFactory.getLogger(StageComponent.class);

  private static final Set<String> STAGE_FLAGS =
      Set.of(FeatureFlags.USE_ETS, Rollout.SHADOW, Rollout.RETIRE_LEGACY, Rollout.ENFORCE);

  private static final String HOLD = "hold";
  private static final String RETREATING = "retreating";

  private final FlagSource flags;
  private final RolloutSettingsReader reader = new RolloutSettingsReader();
  private final HistoryFile<RolloutChange> historyFile;
  private final HistoryFile<Note> noteFile;
  private final Stages stages;
  private final Runnable unfollow;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<RolloutChange>> followers = new CopyOnWriteArrayList<>();

  /** Written by Declarative Services, one call at a time. */
  private volatile RolloutSettings settings;

  /** What the guard wants to find after a restart. */
  private volatile List<Note> baseline = List.of();

  /**
   * Makes the component and begins to follow the flags.
   *
   * @param context the context of this bundle
   * @param flags what the stage follows from
   * @param properties the settings
   */
  @Activate
  public StageComponent(
      BundleContext context, @Reference FlagSource flags, Map<String, Object> properties) {
    this.flags = flags;
    this.settings = reader.read(properties);
    this.historyFile =
        new HistoryFile<>(
            file(context, "rollout.history"),
            "the rollout",
            Rollout.HISTORY_SIZE,
            new RolloutChangeFormat());
    this.noteFile =
        new HistoryFile<>(
            file(context, "rollout.notes"), "the rollout's hold", Note.MOST, new Note.Format());
    List<Note> notes = noteFile.read();
    this.stages =
        new Stages(
            Clock.systemUTC(),
            historyFile.read(),
            note(notes, HOLD),
            note(notes, RETREATING).isPresent(),
            () -> StageFlags.of(flags.list()),
            this::latestFlagChange);
    this.baseline =
        notes.stream()
            .filter(note -> !note.key().equals(HOLD) && !note.key().equals(RETREATING))
            .toList();
    // Before the first reading, or a change between the two would be missed.
    this.unfollow = flags.onChange(this::flagsChanged);
    read();
  }

  private static File file(BundleContext context, String name) {
    return context.getDataFile(name);
  }

  private static Optional<String> note(List<Note> notes, String key) {
    return notes.stream().filter(note -> note.key().equals(key)).map(Note::text).findFirst();
  }

  @Modified
  void modified(Map<String, Object> properties) {
    settings = reader.read(properties);
    listeners.forEach(Runnable::run);
  }

  @Deactivate
  void deactivate() {
    unfollow.run();
  }

  private Optional<FlagChange> latestFlagChange() {
    Optional<FlagChange> latest = Optional.empty();
    for (FlagChange change : flags.history()) {
      if (STAGE_FLAGS.contains(change.flag())) {
        latest = Optional.of(change);
      }
    }
    return latest;
  }

  Stages stages() {
    return stages;
  }

  RolloutSettings settings() {
    return settings;
  }

  String nodeName() {
    return flags.nodeName();
  }

  /** What the registry is to do on this node now. */
  Plan plan() {
    Stages.State now = stages.state();
    return Plan.of(now.stage(), flags.nodeName(), settings.comparisonHundredths(), now.monitored());
  }

  /** Has something run whenever the state or the settings changed; it must not wait nor throw. */
  Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Has each step of the rollout told, after it is in force; must not wait nor throw. */
  Runnable onStep(Consumer<RolloutChange> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  /** Also where the stage stays, this node may come into its share, or go out of it. */
  private void flagsChanged() {
    Stages.Outcome outcome = stages.read();
    publish(outcome);
    if (!outcome.changed()) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Follows the flags as they are now. */
  void read() {
    publish(stages.read());
  }

  /** What the guard noted before the framework stopped. */
  List<Note> baseline() {
    return baseline;
  }

  /** Keeps what the guard wants to find after a restart. */
  void keep(List<Note> notes) {
    baseline = List.copyOf(notes);
    noteFile.write(this::notes);
  }

  /** Tells of what came of some news. */
  void publish(Stages.Outcome outcome) {
    outcome
        .warning()
        .ifPresent(
            warning ->
                LOG.warn(
                    "Configuration {}: {}; the rollout stays in stage {}",
                    FeatureFlags.PID,
                    warning,
                    stages.state().stage()));
    if (outcome.changed()) {
      // First: whoever steers the registry need not wait for a file.
      listeners.forEach(Runnable::run);
    }
    for (RolloutChange change : outcome.changes()) {
      LOG.info(
          "Rollout: {} -> {} ({} by {}{}, {})",
          change.from(),
          change.to(),
          change.kind(),
          change.source(),
          change.forced() ? ", forced" : "",
          Texts.describe(change.reason()));
      followers.forEach(follower -> follower.accept(change));
    }
    if (!outcome.changes().isEmpty()) {
      historyFile.write(stages::history);
    }
    if (outcome.changed()) {
      noteFile.write(this::notes);
    }
  }

  private List<Note> notes() {
    List<Note> notes = new ArrayList<>(baseline);
    Stages.State now = stages.state();
    now.hold().ifPresent(hold -> notes.add(new Note(HOLD, hold)));
    if (now.retreating()) {
      notes.add(new Note(RETREATING, "true"));
    }
    return notes;
  }
}
