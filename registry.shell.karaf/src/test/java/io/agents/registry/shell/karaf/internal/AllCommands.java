package io.agents.registry.shell.karaf.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.command.ChangingCommandSet;
import io.agents.registry.shell.internal.command.CommandSet;
import io.agents.registry.shell.internal.command.FlagCommandSet;
import io.agents.registry.shell.internal.command.ReadingCommandSet;
import io.agents.registry.shell.internal.command.RolloutCommandSet;
import io.agents.registry.shell.internal.command.ShellCommand;
import io.agents.registry.shell.internal.command.StatusCommandSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/** The commands of all components, with services that do as little as a test needs. */
final class AllCommands {

  private AllCommands() {}

  static List<ShellCommand> list() {
    return list(
        Fakes.of(RegistryAdmin.class), Fakes.of(FeatureFlags.class), Fakes.of(Rollout.class));
  }

  static List<ShellCommand> list(RegistryAdmin registry, FeatureFlags flags, Rollout rollout) {
    return Stream.of(
            ReadingCommandSet.of(registry),
            ChangingCommandSet.of(registry, Fakes.of(BundleContext.class)),
            StatusCommandSet.of(
                () -> Optional.of(registry), Optional::empty, () -> Optional.of(rollout)),
            FlagCommandSet.of(flags, Optional::empty),
            RolloutCommandSet.of(rollout, Optional::empty))
        .map(CommandSet::all)
        .flatMap(Collection::stream)
        .toList();
  }

  static ShellCommand get(List<ShellCommand> commands, String name) {
    return commands.stream()
        .filter(command -> command.usage().command().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
