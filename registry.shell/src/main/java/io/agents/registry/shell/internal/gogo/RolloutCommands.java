package io.agents.registry.shell.internal.gogo;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.command.RolloutCommandSet;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that show and move the rollout; there while the rollout is. */
@Component(
    service = RolloutCommands.class,
    property = {
      "osgi.command.scope=rollout",
      "osgi.command.function=status",
      "osgi.command.function=check",
      "osgi.command.function=next",
      "osgi.command.function=back",
      "osgi.command.function=rollback",
      "osgi.command.function=clear",
      "osgi.command.function=history"
    })
public final class RolloutCommands {

  private final Printed commands;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /**
   * Begins.
   *
   * @param rollout is asked and moved
   */
  @Activate
  public RolloutCommands(@Reference Rollout rollout) {
    commands = new Printed(RolloutCommandSet.of(rollout, () -> Optional.ofNullable(selection)));
  }

  /**
   * Prints how the rollout stands.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.STATUS_PURPOSE)
  public void status(
      @Descriptor(RolloutCommandSet.STATUS + RolloutCommandSet.STATUS_HELP) String... arguments) {
    commands.run("status", arguments);
  }

  /**
   * Prints what stands for and against the next stage.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.CHECK_PURPOSE)
  public void check(
      @Descriptor(RolloutCommandSet.CHECK + RolloutCommandSet.CHECK_HELP) String... arguments) {
    commands.run("check", arguments);
  }

  /**
   * Goes to the next stage.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.NEXT_PURPOSE)
  public void next(
      @Descriptor(RolloutCommandSet.NEXT + RolloutCommandSet.NEXT_HELP) String... arguments) {
    commands.run("next", arguments);
  }

  /**
   * Goes back to an earlier stage.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.BACK_PURPOSE)
  public void back(
      @Descriptor(RolloutCommandSet.BACK + RolloutCommandSet.BACK_HELP) String... arguments) {
    commands.run("back", arguments);
  }

  /**
   * Ends the rollout.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.ROLLBACK_PURPOSE)
  public void rollback(
      @Descriptor(RolloutCommandSet.ROLLBACK + RolloutCommandSet.ROLLBACK_HELP)
          String... arguments) {
    commands.run("rollback", arguments);
  }

  /**
   * Takes away the hold on further promotion.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.CLEAR_PURPOSE)
  public void clear(
      @Descriptor(RolloutCommandSet.CLEAR + RolloutCommandSet.CLEAR_HELP) String... arguments) {
    commands.run("clear", arguments);
  }

  /**
   * Prints the latest changes.
   *
   * @param arguments as in the help
   */
  @Descriptor(RolloutCommandSet.HISTORY_PURPOSE)
  public void history(
      @Descriptor(RolloutCommandSet.HISTORY + RolloutCommandSet.HISTORY_HELP) String... arguments) {
    commands.run("history", arguments);
  }
}
