package io.agents.registry.shell.internal.gogo;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.logic.RegistryReports;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The commands that show how the registry is. They are there without a registry too, since that is
 * when somebody asks.
 */
@Component(
    service = StatusCommands.class,
    property = {
      "osgi.command.scope=registry",
      "osgi.command.function=status",
      "osgi.command.function=swaps"
    })
public final class StatusCommands {

  private static final String STATUS = "registry:status [--json]";
  private static final String SWAPS = "registry:swaps [--json]";

  private final Command status = new Command(STATUS, given -> reports().status(given.format()));
  private final Command swaps = new Command(SWAPS, given -> reports().swaps(given.format()));

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable RegistryAdmin registry;

  /** Null while it is not there; set by the component runtime, at any time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable BackendSelection selection;

  /**
   * Prints how the registry is.
   *
   * @param arguments as in the help
   */
  @Descriptor(
      "shows the active implementation, what is awaited, agents, owners monitored, the last swap")
  public void status(
      @Descriptor(
              STATUS
                  + Help.JSON
                  + "an object with implementation, awaited,"
                  + "\n                    healthy, agents, agentsWithOwnerGone, ownersMonitored,"
                  + " servicesMonitored,"
                  + "\n                    lastSwap {as in registry:swaps}, swapUnderWay, available,"
                  + " targetFilter,"
                  + "\n                    selection {wanted, settled, awaited}, listeners,"
                  + " eventsMissed; null for what is not there")
          String... arguments) {
    status.run(arguments);
  }

  /**
   * Prints the exchanges of the backend.
   *
   * @param arguments as in the help
   */
  @Descriptor("lists the swaps of the implementation so far, the oldest first")
  public void swaps(
      @Descriptor(SWAPS + Help.JSON + "objects with\n                    " + Help.SWAP_KEYS)
          String... arguments) {
    swaps.run(arguments);
  }

  private RegistryReports reports() {
    RegistryAdmin present = registry;
    if (present == null) {
      throw new CommandException(
          "the registry is not there; start the bundle io.agents.registry.core");
    }
    return new RegistryReports(present, Optional.ofNullable(selection));
  }
}
