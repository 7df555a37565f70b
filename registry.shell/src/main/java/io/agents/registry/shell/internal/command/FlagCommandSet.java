package io.agents.registry.shell.internal.command;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.shell.internal.logic.FlagChanges;
import io.agents.registry.shell.internal.logic.FlagReports;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The commands that show and change flags. */
public final class FlagCommandSet {

  /** The usage line of {@code flags:list}. */
  public static final String LIST = "flags:list [--json]";

  /** What it does. */
  public static final String LIST_PURPOSE = "lists the flags, sorted by name";

  /** Its arguments. */
  public static final String LIST_HELP =
      Help.JSON
          + "objects with name, value, percent,"
          + Help.MORE
          + "onHere, configured, default, description"
          + Help.EXAMPLE
          + "flags:list";

  /** The usage line of {@code flags:enable}. */
  public static final String ENABLE = "flags:enable flag [--reason text]";

  /** What it does. */
  public static final String ENABLE_PURPOSE =
      "turns a flag on; returns when the registry has followed, or says what it waits for";

  /** Its arguments. */
  public static final String ENABLE_HELP =
      Help.FLAG
          + Help.REASON
          + Help.EXAMPLE
          + "flags:enable use_ets_agent_registry --reason 'a trial'";

  /** The usage line of {@code flags:disable}. */
  public static final String DISABLE = "flags:disable flag [--reason text]";

  /** What it does. */
  public static final String DISABLE_PURPOSE =
      "turns a flag off; returns when the registry has followed, or says what it waits for";

  /** Its arguments. */
  public static final String DISABLE_HELP =
      Help.FLAG + Help.REASON + Help.EXAMPLE + "flags:disable use_ets_agent_registry";

  /** The usage line of {@code flags:set}. */
  public static final String SET = "flags:set flag percent [--reason text]";

  /** What it does. */
  public static final String SET_PURPOSE =
      "turns a flag on for a share of all ids; the same ids as long as the share stays";

  /** Its arguments. */
  public static final String SET_HELP =
      Help.FLAG
          + Help.LINE
          + "percent    from 0 to 100, with at most two decimals"
          + Help.REASON
          + Help.EXAMPLE
          + "flags:set use_ets_agent_registry 12.5";

  /** The usage line of {@code flags:reset}. */
  public static final String RESET = "flags:reset [flag] [--reason text]";

  /** What it does. */
  public static final String RESET_PURPOSE = "gives a flag its default again";

  /** Its arguments. */
  public static final String RESET_HELP =
      Help.FLAG
          + "; all flags without it"
          + Help.REASON
          + Help.EXAMPLE
          + "flags:reset use_ets_agent_registry";

  /** The usage line of {@code flags:history}. */
  public static final String HISTORY = "flags:history [--json]";

  /** What it does. */
  public static final String HISTORY_PURPOSE =
      "lists the latest changes of flags, the newest last: when, from, to, by, reason";

  /** Its arguments. */
  public static final String HISTORY_HELP =
      Help.JSON
          + "objects with at, flag, from, to, configured,"
          + Help.MORE
          + "source, reason"
          + Help.EXAMPLE
          + "flags:history";

  /** How long a command waits for the registry to follow a flag. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private FlagCommandSet() {}

  /**
   * Makes the commands.
   *
   * @param flags are asked and changed
   * @param selection gives what tells when the registry has followed, if it is there; asked for
   *     each command
   * @return the commands
   */
  public static CommandSet of(FeatureFlags flags, Supplier<Optional<BackendSelection>> selection) {
    FlagReports reports = new FlagReports(flags);
    Supplier<FlagChanges> changes = () -> new FlagChanges(flags, selection.get(), PATIENCE);
    Suggestions suggestions = new Suggestions(Map.of("flag", typed -> names(flags)));
    return new CommandSet(
        new ShellCommand(
            LIST, LIST_PURPOSE, LIST_HELP, given -> reports.list(given.format()), Suggestions.NONE),
        changing(
            ENABLE,
            ENABLE_PURPOSE,
            ENABLE_HELP,
            (given, reason) -> changes.get().enable(given.get("flag"), reason),
            suggestions),
        changing(
            DISABLE,
            DISABLE_PURPOSE,
            DISABLE_HELP,
            (given, reason) -> changes.get().disable(given.get("flag"), reason),
            suggestions),
        changing(
            SET,
            SET_PURPOSE,
            SET_HELP,
            (given, reason) -> changes.get().set(given.get("flag"), given.get("percent"), reason),
            suggestions),
        changing(
            RESET,
            RESET_PURPOSE,
            RESET_HELP,
            (given, reason) -> changes.get().reset(given.find("flag"), reason),
            suggestions),
        new ShellCommand(
            HISTORY,
            HISTORY_PURPOSE,
            HISTORY_HELP,
            given -> reports.history(given.format()),
            Suggestions.NONE));
  }

  private static Stream<String> names(FeatureFlags flags) {
    return flags.list().stream().map(FlagState::name);
  }

  private static ShellCommand changing(
      String usage,
      String purpose,
      String help,
      BiFunction<Arguments, String, String> change,
      Suggestions suggestions) {
    String byItself = "by " + new Usage(usage).command();
    return new ShellCommand(
        usage,
        purpose,
        help,
        given -> change.apply(given, given.option("--reason").orElse(byItself)),
        suggestions);
  }
}
