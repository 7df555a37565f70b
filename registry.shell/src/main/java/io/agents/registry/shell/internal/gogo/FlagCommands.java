package io.agents.registry.shell.internal.gogo;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.shell.internal.logic.FlagChanges;
import io.agents.registry.shell.internal.logic.FlagReports;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that show and change flags; there while flags are. */
@Component(
    service = FlagCommands.class,
    property = {
      "osgi.command.scope=flags",
      "osgi.command.function=list",
      "osgi.command.function=enable",
      "osgi.command.function=disable",
      "osgi.command.function=set",
      "osgi.command.function=reset",
      "osgi.command.function=history"
    })
public final class FlagCommands {

  private static final String LIST = "flags:list [--json]";
  private static final String ENABLE = "flags:enable flag [--reason text]";
  private static final String DISABLE = "flags:disable flag [--reason text]";
  private static final String SET = "flags:set flag percent [--reason text]";
  private static final String RESET = "flags:reset [flag] [--reason text]";
  private static final String HISTORY = "flags:history";

  /** How long a command waits for the registry to follow a flag. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FeatureFlags flags;
  private final Command list;
  private final Command enable;
  private final Command disable;
  private final Command set;
  private final Command reset;
  private final Command history;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /**
   * Begins.
   *
   * @param flags are asked and changed
   */
  @Activate
  public FlagCommands(@Reference FeatureFlags flags) {
    this.flags = flags;
    FlagReports reports = new FlagReports(flags);
    list = new Command(LIST, given -> reports.list(given.format()));
    history = new Command(HISTORY, given -> reports.history());
    enable = changing(ENABLE, (given, reason) -> changes().enable(given.get("flag"), reason));
    disable = changing(DISABLE, (given, reason) -> changes().disable(given.get("flag"), reason));
    set =
        changing(
            SET, (given, reason) -> changes().set(given.get("flag"), given.get("percent"), reason));
    reset = changing(RESET, (given, reason) -> changes().reset(given.find("flag"), reason));
  }

  private static Command changing(String usage, BiFunction<Arguments, String, String> change) {
    String byItself = "by " + new Usage(usage).command();
    return new Command(
        usage, given -> change.apply(given, given.option("--reason").orElse(byItself)));
  }

  private FlagChanges changes() {
    return new FlagChanges(flags, Optional.ofNullable(selection), PATIENCE);
  }

  /**
   * Prints all flags.
   *
   * @param arguments as in the help
   */
  @Descriptor("lists the flags, sorted by name")
  public void list(
      @Descriptor(
              LIST
                  + Help.JSON
                  + "objects with name, value, percent,"
                  + "\n                    onHere, configured, default, description")
          String... arguments) {
    list.run(arguments);
  }

  /**
   * Turns a flag on.
   *
   * @param arguments as in the help
   */
  @Descriptor("turns a flag on; returns when the registry has followed, or says what it waits for")
  public void enable(@Descriptor(ENABLE + Help.FLAG + Help.REASON) String... arguments) {
    enable.run(arguments);
  }

  /**
   * Turns a flag off.
   *
   * @param arguments as in the help
   */
  @Descriptor("turns a flag off; returns when the registry has followed, or says what it waits for")
  public void disable(@Descriptor(DISABLE + Help.FLAG + Help.REASON) String... arguments) {
    disable.run(arguments);
  }

  /**
   * Turns a flag on for a share.
   *
   * @param arguments as in the help
   */
  @Descriptor("turns a flag on for a share of all ids; the same ids as long as the share stays")
  public void set(
      @Descriptor(
              SET
                  + Help.FLAG
                  + "\n         percent    from 0 to 100, with at most two decimals"
                  + Help.REASON)
          String... arguments) {
    set.run(arguments);
  }

  /**
   * Gives flags their default again.
   *
   * @param arguments as in the help
   */
  @Descriptor("gives a flag its default again")
  public void reset(
      @Descriptor(RESET + Help.FLAG + "; all flags without it" + Help.REASON) String... arguments) {
    reset.run(arguments);
  }

  /**
   * Prints the latest changes.
   *
   * @param arguments as in the help
   */
  @Descriptor("lists the latest changes of flags, the newest last: when, from, to, by, reason")
  public void history(@Descriptor(HISTORY + " takes no arguments") String... arguments) {
    history.run(arguments);
  }
}
