package io.agents.registry.shell.internal.gogo;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.command.StatusCommandSet;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that show how the registry is; there without a registry, too. */
@Component(
    service = StatusCommands.class,
    property = {
      "osgi.command.scope=registry",
      "osgi.command.function=status",
      "osgi.command.function=swaps",
      "osgi.command.function=why",
      "osgi.command.function=comparison",
      "osgi.command.function=calls"
    })
public final class StatusCommands {

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable RegistryAdmin registry;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable Rollout rollout;

  private final Printed commands =
      new Printed(
          StatusCommandSet.of(
              () -> Optional.ofNullable(registry),
              () -> Optional.ofNullable(selection),
              () -> Optional.ofNullable(rollout)));

  /**
   * Prints how the registry is.
   *
   * @param arguments as in the help
   */
  @Descriptor(StatusCommandSet.STATUS_PURPOSE)
  public void status(
      @Descriptor(StatusCommandSet.STATUS + StatusCommandSet.STATUS_HELP) String... arguments) {
    commands.run("status", arguments);
  }

  /**
   * Prints the exchanges of the backend.
   *
   * @param arguments as in the help
   */
  @Descriptor(StatusCommandSet.SWAPS_PURPOSE)
  public void swaps(
      @Descriptor(StatusCommandSet.SWAPS + StatusCommandSet.SWAPS_HELP) String... arguments) {
    commands.run("swaps", arguments);
  }

  /**
   * Prints why the active implementation is the one it is.
   *
   * @param arguments as in the help
   */
  @Descriptor(StatusCommandSet.WHY_PURPOSE)
  public void why(
      @Descriptor(StatusCommandSet.WHY + StatusCommandSet.WHY_HELP) String... arguments) {
    commands.run("why", arguments);
  }

  /**
   * Prints what came of comparing backends.
   *
   * @param arguments as in the help
   */
  @Descriptor(StatusCommandSet.COMPARISON_PURPOSE)
  public void comparison(
      @Descriptor(StatusCommandSet.COMPARISON + StatusCommandSet.COMPARISON_HELP)
          String... arguments) {
    commands.run("comparison", arguments);
  }

  /**
   * Prints what the calls of the registry were like.
   *
   * @param arguments as in the help
   */
  @Descriptor(StatusCommandSet.CALLS_PURPOSE)
  public void calls(
      @Descriptor(StatusCommandSet.CALLS + StatusCommandSet.CALLS_HELP) String... arguments) {
    commands.run("calls", arguments);
  }
}
