package io.agents.registry.shell.internal.command;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.shell.internal.logic.RolloutChanges;
import io.agents.registry.shell.internal.logic.RolloutReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The commands that show and move the rollout. */
public final class RolloutCommandSet {

  /** The usage line of {@code rollout:status}. */
  public static final String STATUS = "rollout:status [--json]";

  /** What it does. */
  public static final String STATUS_PURPOSE =
      "shows the stage of the rollout, the mirror, what the guard sees, and whether promotion is"
          + " held";

  /** Its arguments. */
  public static final String STATUS_HELP =
      Help.JSON
          + "an object with stage, since, node,"
          + Help.MORE
          + "wanted, active, mirror, mirrorState, comparisonPercent, guarded, guard, hold,"
          + Help.MORE
          + "soakEnds, refused, lastChange {as in rollout:history}"
          + Help.EXAMPLE
          + "rollout:status";

  /** The usage line of {@code rollout:check}. */
  public static final String CHECK = "rollout:check [--json]";

  /** What it does. */
  public static final String CHECK_PURPOSE =
      "lists what stands for and against the next stage of the rollout";

  /** Its arguments. */
  public static final String CHECK_HELP =
      Help.JSON
          + "an object with stage, next, ready,"
          + Help.MORE
          + "lines [{good, what, command}]"
          + Help.EXAMPLE
          + "rollout:check";

  /** The usage line of {@code rollout:next}. */
  public static final String NEXT = "rollout:next [percent] [reason ...] [--force]";

  /** What it does. */
  public static final String NEXT_PURPOSE =
      "goes to the next stage: off, shadow, partial, full, done; from partial to more or to full";

  /** Its arguments. */
  public static final String NEXT_HELP =
      Help.LINE
          + "percent    the share of the nodes for partial, from 0.01 to 100, where 100 is full;"
          + Help.MORE
          + "10 from shadow and full from partial without it"
          + Help.WORDS
          + Help.LINE
          + "--force    goes although rollout:check is against it; the history tells"
          + Help.EXAMPLE
          + "rollout:next 25 no differences since Monday";

  /** The usage line of {@code rollout:back}. */
  public static final String BACK = "rollout:back stage [reason ...]";

  /** What it does. */
  public static final String BACK_PURPOSE = "goes back to an earlier stage of the rollout, at once";

  /** Its arguments. */
  public static final String BACK_HELP =
      Help.LINE
          + "stage      off, shadow, full, or partial and a percentage: partial 10%"
          + Help.WORDS
          + Help.EXAMPLE
          + "rollout:back shadow a closer look first";

  /** The usage line of {@code rollout:rollback}. */
  public static final String ROLLBACK = "rollout:rollback reason ...";

  /** What it does. */
  public static final String ROLLBACK_PURPOSE =
      "ends the rollout at once, from whatever stage: legacy serves";

  /** Its arguments. */
  public static final String ROLLBACK_HELP =
      Help.WORDS + Help.EXAMPLE + "rollout:rollback answers are missing";

  /** The usage line of {@code rollout:clear}. */
  public static final String CLEAR = "rollout:clear [reason ...]";

  /** What it does. */
  public static final String CLEAR_PURPOSE =
      "takes away the hold that the guard has put on further promotion";

  /** Its arguments. */
  public static final String CLEAR_HELP =
      Help.WORDS + Help.EXAMPLE + "rollout:clear the disk was full, not ets";

  /** The usage line of {@code rollout:history}. */
  public static final String HISTORY = "rollout:history [--json]";

  /** What it does. */
  public static final String HISTORY_PURPOSE =
      "lists the latest changes of the rollout, the newest last: when, from, to, what, by, reason";

  /** Its arguments. */
  public static final String HISTORY_HELP =
      Help.JSON
          + "objects with at, from, to, kind, source,"
          + Help.MORE
          + "forced, reason"
          + Help.EXAMPLE
          + "rollout:history";

  /** How long a command waits for the registry to follow. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private RolloutCommandSet() {}

  /**
   * Makes the commands.
   *
   * @param rollout is asked and moved
   * @param selection gives what tells when the registry has followed, if it is there; asked for
   *     each command
   * @return the commands
   */
  public static CommandSet of(Rollout rollout, Supplier<Optional<BackendSelection>> selection) {
    RolloutReports reports = new RolloutReports(rollout);
    Supplier<RolloutChanges> changes = () -> new RolloutChanges(rollout, selection.get(), PATIENCE);
    Suggestions suggestions =
        new Suggestions(
            Map.of(
                "percent", typed -> Stream.of("1", "5", "10", "25", "50", "75", "100"),
                "stage", typed -> stagesBefore(rollout.status().stage())));
    return new CommandSet(
        new ShellCommand(
            STATUS,
            STATUS_PURPOSE,
            STATUS_HELP,
            given -> reports.status(given.format()),
            Suggestions.NONE),
        new ShellCommand(
            CHECK,
            CHECK_PURPOSE,
            CHECK_HELP,
            given -> reports.check(given.format()),
            Suggestions.NONE),
        new ShellCommand(
            NEXT,
            NEXT_PURPOSE,
            NEXT_HELP,
            given -> changes.get().next(words(given, "percent"), given.has("--force")),
            suggestions),
        new ShellCommand(
            BACK,
            BACK_PURPOSE,
            BACK_HELP,
            given -> changes.get().back(words(given, "stage")),
            suggestions),
        new ShellCommand(
            ROLLBACK,
            ROLLBACK_PURPOSE,
            ROLLBACK_HELP,
            given -> changes.get().rollback(given.all("reason")),
            Suggestions.NONE),
        new ShellCommand(
            CLEAR,
            CLEAR_PURPOSE,
            CLEAR_HELP,
            given -> changes.get().clear(given.all("reason")),
            Suggestions.NONE),
        new ShellCommand(
            HISTORY,
            HISTORY_PURPOSE,
            HISTORY_HELP,
            given -> reports.history(given.format()),
            Suggestions.NONE));
  }

  /** The first argument, if it is there, and the reason. */
  private static List<String> words(Arguments given, String first) {
    List<String> words = new ArrayList<>(given.all(first));
    words.addAll(given.all("reason"));
    return words;
  }

  private static Stream<String> stagesBefore(RolloutStage stage) {
    return Stream.of("off", "shadow", "partial 10%", "full")
        .filter(text -> RolloutStage.parse(text).isBefore(stage));
  }
}
