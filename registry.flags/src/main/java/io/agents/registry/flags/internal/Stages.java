package io.agents.registry.flags.internal;

import static java.util.Objects.requireNonNull;

import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Kind;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which stage is in force, and how it came to be. */
final class Stages {

  /*
   * Design
   *
   * The stage follows from the flags. Whoever has news of them has them read again under this object's lock, so that
   * readings are taken in the order in which they were made. The lock is a leaf: nothing is called under it but the flags'
   * snapshot and history. Logs, files and listeners get what is returned, after the lock.
   *
   * A move announces what it is about to write, so that the reading which finds it is booked to its author.
   *
   * A rollback does not wait for the flags to be written: from its instant on the stage is off, whatever they say. That
   * ends when the flags say off too, or when somebody has changed them since. Moves that were under way at that instant
   * may still write what they were about to; so it does not end before they have, and their late word is taken for part
   * of what the rollback found.
   */

  /**
   * What is in force.
   *
   * @param stage the stage
   * @param problem why the flags as they are now are not followed
   * @param enforced whether going back to legacy is refused
   * @param monitored whether the guard is to watch
   * @param hold why further promotion is held
   * @param retreating whether it was rolled back and the flags do not say so yet
   */
  record State(
      RolloutStage stage,
      Optional<String> problem,
      boolean enforced,
      boolean monitored,
      Optional<String> hold,
      boolean retreating) {}

  /** What came of some news, to be told after the lock is released. */
  record Outcome(boolean changed, List<RolloutChange> changes, Optional<String> warning) {}

  /** A change of the stage by this service, from before it is written until after. */
  static final class Move {
    private final RolloutStage to;
    private final Source source;
    private final boolean forced;
    private final String reason;
    private final long rollbacksBefore;

    /** Guarded by the lock of the stages. */
    private @Nullable RolloutChange booked;

    private Move(
        RolloutStage to, Source source, boolean forced, String reason, long rollbacksBefore) {
      this.to = to;
      this.source = source;
      this.forced = forced;
      this.reason = reason;
      this.rollbacksBefore = rollbacksBefore;
    }
  }

  private final Clock clock;
  private final Supplier<StageFlags> flags;
  private final Supplier<Optional<FlagChange>> latestFlagChange;

  /** Written under the lock, read without. */
  private volatile State state;

  // All of these are guarded by the lock.
  private final ArrayDeque<RolloutChange> history = new ArrayDeque<>();
  private final List<Move> underWay = new ArrayList<>();
  private long rollbacks;
  private boolean everRead;

  /** The flags as a rollback found them, while they are not followed; else null. */
  private @Nullable StageFlags foundByRollback;

  /**
   * Makes the stages as they were when the framework stopped.
   *
   * @param former the history so far; its last stage stays until the flags say another one
   * @param hold why further promotion is held
   * @param retreating whether a rollback is not in the flags yet
   * @param flags reads the flags
   * @param latestFlagChange the latest change of those flags
   */
  Stages(
      Clock clock,
      List<RolloutChange> former,
      Optional<String> hold,
      boolean retreating,
      Supplier<StageFlags> flags,
      Supplier<Optional<FlagChange>> latestFlagChange) {
    this.clock = clock;
    this.flags = flags;
    this.latestFlagChange = latestFlagChange;
    former.forEach(this::remember);
    RolloutStage stage = former.isEmpty() ? RolloutStage.OFF : former.get(former.size() - 1).to();
    if (retreating) {
      foundByRollback = flags.get();
    }
    state = new State(stage, Optional.empty(), false, true, hold, retreating);
  }

  State state() {
    return state;
  }

  synchronized List<RolloutChange> history() {
    return List.copyOf(history);
  }

  /** Follows the flags as they are now. */
  synchronized Outcome read() {
    State before = state;
    StageFlags now = flags.get();
    if (isRetreatOver(now)) {
      foundByRollback = null;
    }
    if (foundByRollback != null) {
      return become(
          new State(before.stage(), Optional.empty(), false, now.monitored(), before.hold(), true),
          List.of());
    }
    Optional<String> problem = now.problem();
    if (problem.isPresent()) {
      return keep(before, now, problem);
    }
    RolloutStage stage = now.stage();
    Move author = authorOf(stage);
    if (author == null && before.hold().isPresent() && before.stage().isBefore(stage)) {
      return keep(before, now, Optional.of(heldBack(stage, before.hold().get())));
    }
    List<RolloutChange> changes =
        stage.equals(before.stage()) ? List.of() : List.of(change(before.stage(), stage, author));
    everRead = true;
    return become(
        new State(
            stage, Optional.empty(), now.enforce().isOn(), now.monitored(), before.hold(), false),
        changes);
  }

  private boolean isRetreatOver(StageFlags now) {
    StageFlags found = foundByRollback;
    if (found == null || underWay.stream().anyMatch(this::isOvertaken)) {
      return false;
    }
    boolean off = now.problem().isEmpty() && now.stage().equals(RolloutStage.OFF);
    return off || !now.meansTheSameAs(found);
  }

  private Outcome keep(State before, StageFlags now, Optional<String> problem) {
    everRead = true;
    return become(
        new State(
            before.stage(),
            problem,
            before.stage().equals(RolloutStage.DONE) && now.enforce().isOn(),
            now.monitored(),
            before.hold(),
            false),
        List.of());
  }

  private static String heldBack(RolloutStage stage, String hold) {
    return "the flags ask for stage " + stage + "; the guard holds promotion: " + hold;
  }

  private @Nullable Move authorOf(RolloutStage stage) {
    for (Move move : underWay) {
      if (move.booked == null && move.to.equals(stage)) {
        return move;
      }
    }
    return null;
  }

  private RolloutChange change(RolloutStage from, RolloutStage to, @Nullable Move author) {
    if (author != null) {
      RolloutChange change =
          new RolloutChange(
              now(), from, to, Kind.MOVED, author.source, author.forced, author.reason);
      author.booked = change;
      return change;
    }
    if (!everRead) {
      return byFlags(from, to, Source.CONFIGURATION, "changed while the rollout was not running");
    }
    return latestFlagChange
        .get()
        .filter(change -> change.source() == FlagChange.Source.CALL)
        .map(change -> byFlags(from, to, Source.CALL, change.reason()))
        .orElseGet(() -> byFlags(from, to, Source.CONFIGURATION, "changed in the configuration"));
  }

  private RolloutChange byFlags(RolloutStage from, RolloutStage to, Source source, String reason) {
    return new RolloutChange(now(), from, to, Kind.MOVED, source, false, reason);
  }

  /**
   * Announces a change that is about to be written.
   *
   * @throws RolloutRefusedException if the stage is another one by now
   */
  synchronized Move begin(
      RolloutStage from, RolloutStage to, Source source, boolean forced, String reason) {
    if (!state.stage().equals(from)) {
      throw new RolloutRefusedException(
          state.stage(),
          "the stage is " + state.stage() + " by now, no longer " + from + "; nothing was changed");
    }
    if (state.retreating()) {
      throw new RolloutRefusedException(
          state.stage(),
          "a rollback is under way, and the flags do not say so yet; nothing was changed");
    }
    Move move = new Move(to, source, forced, reason, rollbacks);
    underWay.add(move);
    return move;
  }

  /** Ends what {@link #begin} began, whether it was written or not. */
  synchronized List<Outcome> end(Move move) {
    // Once while it may be booked to the move: what it was to write may have stood there already.
    Outcome written = read();
    underWay.remove(move);
    if (foundByRollback != null && move.rollbacksBefore < rollbacks) {
      // If its word was the last one, it is not that of somebody who came after the rollback.
      foundByRollback = flags.get();
    }
    return List.of(written, read());
  }

  /** What came of a move; empty if the stage did not become what it was to. */
  synchronized Optional<RolloutChange> bookedTo(Move move) {
    return Optional.ofNullable(move.booked);
  }

  /** Whether somebody rolled back since a move began. */
  synchronized boolean isOvertaken(Move move) {
    return move.rollbacksBefore < rollbacks;
  }

  /**
   * Goes to stage off, whatever the flags say.
   *
   * @throws RolloutRefusedException if going back is refused
   */
  synchronized Outcome rollback(Source source, String reason) {
    State before = state;
    if (before.enforced()) {
      throw enforced(before.stage());
    }
    rollbacks++;
    StageFlags now = flags.get();
    boolean off = now.problem().isEmpty() && now.stage().equals(RolloutStage.OFF);
    if (!off || !underWay.isEmpty()) {
      foundByRollback = now;
    }
    RolloutChange change =
        new RolloutChange(
            now(), before.stage(), RolloutStage.OFF, Kind.ROLLED_BACK, source, false, reason);
    return become(
        new State(
            RolloutStage.OFF,
            Optional.empty(),
            false,
            now.monitored(),
            source == Source.GUARD ? Optional.of(reason) : before.hold(),
            foundByRollback != null),
        List.of(change));
  }

  /**
   * Goes to stage off as {@link #rollback}, unless the stage that was judged is over by now.
   *
   * @param judged the stage in which a threshold was crossed
   * @return what came of it; nothing if it is over
   */
  synchronized Outcome rollbackByGuard(RolloutStage judged, String reason) {
    return state.stage().equals(judged)
        ? rollback(Source.GUARD, reason)
        : new Outcome(false, List.of(), Optional.empty());
  }

  /** The refusal to go back where that is enforced. */
  static RolloutRefusedException enforced(RolloutStage stage) {
    return new RolloutRefusedException(
        stage,
        "going back to legacy is refused while "
            + Rollout.ENFORCE
            + " is on; flags:disable "
            + Rollout.ENFORCE
            + " allows it");
  }

  /** Takes the hold away; then what the flags say counts. */
  synchronized List<Outcome> clear(Source source, String reason) {
    State before = state;
    RolloutStage stage = before.stage();
    RolloutChange change =
        new RolloutChange(now(), stage, stage, Kind.CLEARED, source, false, reason);
    Outcome cleared =
        become(
            new State(
                stage,
                before.problem(),
                before.enforced(),
                before.monitored(),
                Optional.empty(),
                before.retreating()),
            before.hold().isPresent() ? List.of(change) : List.of());
    return List.of(cleared, read());
  }

  private Outcome become(State next, List<RolloutChange> changes) {
    State before = state;
    state = next;
    changes.forEach(this::remember);
    Optional<String> warning =
        next.problem().filter(problem -> !before.problem().equals(Optional.of(problem)));
    return new Outcome(!next.equals(before), changes, warning);
  }

  private void remember(RolloutChange change) {
    history.addLast(requireNonNull(change));
    if (history.size() > Rollout.HISTORY_SIZE) {
      history.removeFirst();
    }
  }

  /** The change that a call made which changed nothing. */
  RolloutChange nothing(Kind kind, Source source, String reason) {
    RolloutStage stage = state.stage();
    return new RolloutChange(now(), stage, stage, kind, source, false, reason);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
