package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * F1.11: Declarative Services read the values of a configuration, and then the number of its
 * changes. What is written in between they take for known, and never tell. Here it is always
 * written in between: a plugin of ConfigurationAdmin is called while the values are read.
 */
@DisplayName("F1.11 A flag that is changed while Declarative Services read what it did before")
class LostUpdateTest {

  private static final int LOST = 2;

  @Test
  @DisplayName("has its effect all the same")
  void hasItsEffect() throws Exception {
    try (RegistryFramework felix = RegistryFramework.start()) {
      FeatureFlags flags = felix.service(FeatureFlags.class);
      flags.disable(FeatureFlags.USE_ETS, "as it was");
      felix.awaitImplementation(RegistryBackend.LEGACY);
      AtomicInteger lost = new AtomicInteger();
      ConfigurationPlugin betweenValuesAndNumber =
          (reference, values) -> {
            if (RegistryFramework.CORE_PID.equals(values.get("service.pid"))
                && String.valueOf(values.get(BackendSelection.TARGET)).contains("ets")
                && lost.getAndIncrement() < LOST) {
              flags.disable(FeatureFlags.USE_ETS, "in between");
              RegistryFramework.await(() -> "the filter for legacy")
                  .until(() -> configuredTarget(felix).contains(RegistryBackend.LEGACY));
            }
          };
      felix
          .context()
          .registerService(
              ConfigurationPlugin.class,
              betweenValuesAndNumber,
              FrameworkUtil.asDictionary(Map.of(ConfigurationPlugin.CM_RANKING, 1)));
      for (int i = 1; i <= LOST; i++) {
        flags.enable(FeatureFlags.USE_ETS, "for a moment");
        int changes = i;
        RegistryFramework.await(() -> "the change in between").until(() -> lost.get() == changes);
        felix.awaitImplementation(RegistryBackend.LEGACY);
      }
      assertThat(felix.service(BackendSelection.class).status().settled()).isTrue();
    }
  }

  private static String configuredTarget(RegistryFramework felix) throws Exception {
    return String.valueOf(
        felix
            .service(ConfigurationAdmin.class)
            .getConfiguration(RegistryFramework.CORE_PID, "?")
            .getProperties()
            .get(BackendSelection.TARGET));
  }
}
