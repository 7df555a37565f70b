package io.agents.registry.shell.internal.gogo;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.shell.internal.command.FlagCommandSet;
import java.util.Optional;
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

  private final Printed commands;

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
    commands = new Printed(FlagCommandSet.of(flags, () -> Optional.ofNullable(selection)));
  }

  /**
   * Prints all flags.
   *
   * @param arguments as in the help
   */
  @Descriptor(FlagCommandSet.LIST_PURPOSE)
  public void list(
      @Descriptor(FlagCommandSet.LIST + FlagCommandSet.LIST_HELP) String... arguments) {
    commands.run("list", arguments);
  }

  /**
   * Turns a flag on.
   *
   * @param arguments as in the help
   */
  @Descriptor(FlagCommandSet.ENABLE_PURPOSE)
  public void enable(
      @Descriptor(FlagCommandSet.ENABLE + FlagCommandSet.ENABLE_HELP) String... arguments) {
    commands.run("enable", arguments);
  }

  /**
   * Turns a flag off.
   *
   * @param arguments as in the help
   */
  @Descriptor(FlagCommandSet.DISABLE_PURPOSE)
  public void disable(
      @Descriptor(FlagCommandSet.DISABLE + FlagCommandSet.DISABLE_HELP) String... arguments) {
    commands.run("disable", arguments);
  }

  /**
   * Turns a flag on for a share.
   *
   * @param arguments as in the help
   */
  @Descriptor(FlagCommandSet.SET_PURPOSE)
  public void set(@Descriptor(FlagCommandSet.SET + FlagCommandSet.SET_HELP) String... arguments) {
    commands.run("set", arguments);
  }

  /**
   * Gives flags their default again.
   *
   * @param arguments as in the help
   */
  @Descriptor(FlagCommandSet.RESET_PURPOSE)
  public void reset(
      @Descriptor(FlagCommandSet.RESET + FlagCommandSet.RESET_HELP) String... arguments) {
    commands.run("reset", arguments);
  }

  /**
   * Prints the latest changes.
   *
   * @param arguments as in the help
   */
  @Descriptor(FlagCommandSet.HISTORY_PURPOSE)
  public void history(
      @Descriptor(FlagCommandSet.HISTORY + FlagCommandSet.HISTORY_HELP) String... arguments) {
    commands.run("history", arguments);
  }
}
