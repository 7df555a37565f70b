package io.agents.itests;

import io.agents.registry.spi.RegistryBackend;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/**
 * The registry's configuration is deleted while the flag steers it. Declarative Services take a
 * configuration for outdated that was made anew before they noticed the deletion.
 */
public class DeletedConfigurationIT extends RegistryContainer {

  private static final String CORE = "io.agents.registry.core";

  /** Without the wait for the deletion, about one round in twenty failed. */
  private static final int ROUNDS = 30;

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

  /** F1: whatever happened to the configuration, the flag steers the registry afterwards. */
  @Test
  public void theFlagIsObeyedAfterTheConfigurationWasDeleted() throws Exception {
    awaitImplementation(RegistryBackend.LEGACY);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 3; i++) {
        obeyed(round, RegistryBackend.ETS);
        obeyed(round, RegistryBackend.LEGACY);
      }
      configurations.getConfiguration(CORE, "?").delete();
    }
  }

  /** Says what is configured and what is in force, if the flag is not obeyed. */
  private void obeyed(int round, String implementation) throws Exception {
    try {
      switchTo(implementation);
    } catch (AssertionError e) {
      // Thrown without its cause: Pax Exam shows the innermost one alone.
      var core = configurations.getConfiguration(CORE, "?");
      throw new AssertionError(
          "round "
              + round
              + ": the flag asks for "
              + implementation
              + ", configured is "
              + core.getProperties()
              + " (change count "
              + core.getChangeCount()
              + "), the component has "
              + admin.status().targetFilter());
    }
  }
}
