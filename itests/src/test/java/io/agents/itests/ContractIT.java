package io.agents.itests;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.AgentRegistryRules;
import io.agents.registry.testkit.BundleOwners;
import io.agents.registry.testkit.OwnerControl;
import io.agents.registry.testkit.RegistryUnderTest;
import io.agents.registry.testkit.RuleCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * The consumer contract, every rule of it, through the whole registry with each backend behind it.
 */
public class ContractIT extends RegistryContainer {

  @Configuration
  public Option[] felixWithTheWholeRegistry() {
    return new Option[] {
      Bundles.felixWithComponents(),
      Bundles.registry(),
      Bundles.legacy(),
      Bundles.ets(),
      Bundles.flags()
    };
  }

  /** What the rules provoke. */
  @Before
  public void badInputIsWarnedOf() {
    warnings.allow(
        "a listener that throws, on purpose",
        "its agent.id is '",
        "its agent.id '",
        "waits for its agent.id",
        "its property agent.bad is left out",
        "its properties are refused");
  }

  @Test
  public void withLegacy() {
    awaitImplementation(RegistryBackend.LEGACY);
    RuleCheck.runAll(AgentRegistryRules.all(false), () -> new InFelix(false));
  }

  @Test
  public void withEts() {
    switchTo(RegistryBackend.ETS);
    RuleCheck.runAll(AgentRegistryRules.all(true), () -> new InFelix(true));
  }

  @Test
  public void agentsFromTheServiceRegistryWithLegacy() {
    awaitImplementation(RegistryBackend.LEGACY);
    RuleCheck.runAll(AgentRegistryRules.ofServiceRegistry(), () -> new InFelix(false));
  }

  @Test
  public void agentsFromTheServiceRegistryWithEts() {
    switchTo(RegistryBackend.ETS);
    RuleCheck.runAll(AgentRegistryRules.ofServiceRegistry(), () -> new InFelix(true));
  }

  /** The registry of this container, emptied after each check. */
  private final class InFelix implements RegistryUnderTest {
    private final BundleOwners bundles = new BundleOwners(context);
    private final List<ServiceRegistration<?>> listeners = new ArrayList<>();
    private final boolean monitorsOwners;

    InFelix(boolean monitorsOwners) {
      this.monitorsOwners = monitorsOwners;
    }

    @Override
    public AgentRegistry registry(Bundle caller) {
      return caller
          .getBundleContext()
          .getService(caller.getBundleContext().getServiceReference(AgentRegistry.class));
    }

    @Override
    public RegistryAdmin admin() {
      return admin;
    }

    @Override
    public OwnerControl owners() {
      return bundles;
    }

    @Override
    public boolean monitorsOwners() {
      return monitorsOwners;
    }

    @Override
    public Runnable listen(RegistryListener listener, String filter) {
      Map<String, Object> properties =
          filter.isEmpty() ? Map.of() : Map.of(RegistryListener.FILTER, filter);
      ServiceRegistration<RegistryListener> registration =
          context.registerService(
              RegistryListener.class, listener, FrameworkUtil.asDictionary(properties));
      listeners.add(registration);
      return () -> unregister(registration);
    }

    private void unregister(ServiceRegistration<?> registration) {
      if (listeners.remove(registration)) {
        registration.unregister();
      }
    }

    @Override
    public void close() {
      // Else they would act on the agents of the checks that follow.
      List.copyOf(listeners).forEach(this::unregister);
      bundles.close();
      admin.agents().forEach(agent -> admin.unregister(agent.id()));
    }
  }
}
