package io.agents.registry.shell.karaf.internal;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.command.RolloutCommandSet;
import java.util.Optional;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that show and move the rollout; there while the rollout is. */
@Component(
    immediate = true,
    service = {})
public final class RolloutCommands {

  private final Registered commands;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /**
   * Puts them into the shell.
   *
   * @param shell of Karaf
   * @param rollout is asked and moved
   */
  @Activate
  public RolloutCommands(@Reference SessionFactory shell, @Reference Rollout rollout) {
    commands =
        Registered.in(shell, RolloutCommandSet.of(rollout, () -> Optional.ofNullable(selection)));
  }

  /** Takes them out again. */
  @Deactivate
  void end() {
    commands.end();
  }
}
