package io.agents.registry.shell.karaf.internal;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.shell.internal.command.FlagCommandSet;
import java.util.Optional;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that show and change flags; there while flags are. */
@Component(
    immediate = true,
    service = {})
public final class FlagCommands {

  private final Registered commands;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /**
   * Puts them into the shell.
   *
   * @param shell of Karaf
   * @param flags are asked and changed
   */
  @Activate
  public FlagCommands(@Reference SessionFactory shell, @Reference FeatureFlags flags) {
    commands = Registered.in(shell, FlagCommandSet.of(flags, () -> Optional.ofNullable(selection)));
  }

  /** Takes them out again. */
  @Deactivate
  void end() {
    commands.end();
  }
}
