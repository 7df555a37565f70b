package io.agents.registry.shell.karaf.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.command.StatusCommandSet;
import java.util.Optional;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that show how the registry is; there without a registry, too. */
@Component(
    immediate = true,
    service = {})
public final class StatusCommands {

  private final Registered commands;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable RegistryAdmin registry;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable Rollout rollout;

  /**
   * Puts them into the shell.
   *
   * @param shell of Karaf
   */
  @Activate
  public StatusCommands(@Reference SessionFactory shell) {
    commands =
        Registered.in(
            shell,
            StatusCommandSet.of(
                () -> Optional.ofNullable(registry),
                () -> Optional.ofNullable(selection),
                () -> Optional.ofNullable(rollout)));
  }

  /** Takes them out again. */
  @Deactivate
  void end() {
    commands.end();
  }
}
