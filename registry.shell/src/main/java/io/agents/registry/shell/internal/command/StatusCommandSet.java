package io.agents.registry.shell.internal.command;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.logic.MeasurementReports;
import io.agents.registry.shell.internal.logic.RegistryReports;
import io.agents.registry.shell.internal.logic.RolloutReports;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The commands that show how the registry is. They are there without a registry too, since that is
 * when somebody asks.
 */
public final class StatusCommandSet {

  /** The usage line of {@code registry:status}. */
  public static final String STATUS = "registry:status [--json]";

  /** What it does. */
  public static final String STATUS_PURPOSE =
      "shows the active implementation, what is awaited, agents, owners, the last swap, the mirror";

  /** Its arguments. */
  public static final String STATUS_HELP =
      Help.JSON
          + "an object with implementation, awaited,"
          + Help.MORE
          + "healthy, agents, agentsWithOwnerGone, ownersMonitored, servicesMonitored,"
          + Help.MORE
          + "lastSwap {as in registry:swaps}, swapUnderWay, mirror {implementation, state,"
          + Help.MORE
          + "reason}, available, targetFilter,"
          + Help.MORE
          + "selection {wanted, settled, awaited}, listeners, eventsMissed; null for what"
          + Help.MORE
          + "is not there"
          + Help.EXAMPLE
          + "registry:status --json";

  /** The usage line of {@code registry:swaps}. */
  public static final String SWAPS = "registry:swaps [--json]";

  /** What it does. */
  public static final String SWAPS_PURPOSE =
      "lists the swaps of the implementation so far, the oldest first, with what shows that they"
          + " lost nothing";

  /** Its arguments. */
  public static final String SWAPS_HELP =
      Help.JSON
          + "objects with"
          + Help.MORE
          + Help.SWAP_KEYS
          + Help.EXAMPLE
          + "registry:swaps --json";

  /** The usage line of {@code registry:why}. */
  public static final String WHY = "registry:why [--json]";

  /** What it does. */
  public static final String WHY_PURPOSE =
      "says why the active implementation is the one it is, and what would change it";

  /** Its arguments. */
  public static final String WHY_HELP =
      Help.JSON
          + "an object with active, wanted, asWanted,"
          + Help.MORE
          + "reasons [{kind, obstacle, what, command}]"
          + Help.EXAMPLE
          + "registry:why";

  /** The usage line of {@code registry:comparison}. */
  public static final String COMPARISON = "registry:comparison [--json]";

  /** What it does. */
  public static final String COMPARISON_PURPOSE =
      "shows what came of comparing the active implementation with its mirror, and the latest"
          + " differences";

  /** Its arguments. */
  public static final String COMPARISON_HELP =
      Help.JSON
          + "an object with compared, notCompared,"
          + Help.MORE
          + "explainedByWrite, explainedByOwner, unexplained, differences {operation {kind:"
          + Help.MORE
          + "reads}}, latest [{at, operation, argument, kind, active, mirror, activeAnswer,"
          + Help.MORE
          + "mirrorAnswer}]"
          + Help.EXAMPLE
          + "registry:comparison";

  /** The usage line of {@code registry:calls}. */
  public static final String CALLS = "registry:calls [implementation] [--json]";

  /** What it does. */
  public static final String CALLS_PURPOSE =
      "shows how many calls there were since the start, by implementation and operation, how many"
          + " failed, and how long they took";

  /** Its arguments. */
  public static final String CALLS_HELP =
      Help.LINE
          + "implementation  such as ets; all of them without it"
          + Help.JSON
          + "an object with takenAt, implementations"
          + Help.MORE
          + "{name {operation {calls, errors, measured, medianNanos, p90Nanos, p99Nanos,"
          + Help.MORE
          + "highestNanos}}}; the times are those of the calls that were measured"
          + Help.EXAMPLE
          + "registry:calls ets";

  private StatusCommandSet() {}

  /**
   * Makes the commands.
   *
   * @param registry gives the registry if it is there; asked for each command
   * @param selection gives what turns flags into a target filter if it is there; asked for each
   *     command
   * @param rollout gives the rollout if it is there; asked for each command
   * @return the commands
   */
  public static CommandSet of(
      Supplier<Optional<RegistryAdmin>> registry,
      Supplier<Optional<BackendSelection>> selection,
      Supplier<Optional<Rollout>> rollout) {
    Supplier<RegistryReports> reports =
        () -> new RegistryReports(registry.get().orElseThrow(Missing::registry), selection.get());
    Supplier<MeasurementReports> measured =
        () -> new MeasurementReports(registry.get().orElseThrow(Missing::registry));
    Suggestions implementations =
        new Suggestions(Map.of("implementation", typed -> implementations(registry.get())));
    return new CommandSet(
        new ShellCommand(
            STATUS,
            STATUS_PURPOSE,
            STATUS_HELP,
            given -> reports.get().status(given.format()),
            Suggestions.NONE),
        new ShellCommand(
            SWAPS,
            SWAPS_PURPOSE,
            SWAPS_HELP,
            given -> reports.get().swaps(given.format()),
            Suggestions.NONE),
        new ShellCommand(
            WHY,
            WHY_PURPOSE,
            WHY_HELP,
            given ->
                new RolloutReports(rollout.get().orElseThrow(Missing::flags)).why(given.format()),
            Suggestions.NONE),
        new ShellCommand(
            COMPARISON,
            COMPARISON_PURPOSE,
            COMPARISON_HELP,
            given -> measured.get().comparison(given.format()),
            Suggestions.NONE),
        new ShellCommand(
            CALLS,
            CALLS_PURPOSE,
            CALLS_HELP,
            given -> measured.get().calls(given.find("implementation"), given.format()),
            implementations));
  }

  private static Stream<String> implementations(Optional<RegistryAdmin> registry) {
    return registry.stream().flatMap(one -> new MeasurementReports(one).implementations());
  }

  /** What to say where a service is not there. */
  private static final class Missing {
    static CommandException registry() {
      return new CommandException(
          "the registry is not there; start the bundle io.agents.registry.core");
    }

    static CommandException flags() {
      return new CommandException("flags are not there; start the bundle io.agents.registry.flags");
    }
  }
}
