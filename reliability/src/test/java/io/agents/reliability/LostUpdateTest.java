package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * F1.11: Declarative Services read the values of a configuration, and then the number of its
 * changes. What is written in between they take for known, and never tell. Here it is always
 * written in between: a plugin of ConfigurationAdmin is called while the values are read.
 *
 * <p>They read for one component after the other, and those that come later are told what is new.
 * So it is done for each of them in turn; the one that chooses the backend is among them.
 */
@DisplayName("F1.11 A flag that is changed while Declarative Services read what it did before")
class LostUpdateTest {

  private static final String MARKER = "io.agents.reliability.marker";

  /** How often the filter for ets was read since the flag was last turned on. */
  private final AtomicInteger readings = new AtomicInteger();

  /** At which of these readings the flag is turned back; 0 for none. */
  private volatile int turnedBackAt;

  @Test
  @DisplayName("has its effect all the same")
  void hasItsEffect() throws Exception {
    try (RegistryFramework felix = RegistryFramework.start()) {
      FeatureFlags flags = felix.service(FeatureFlags.class);
      flags.disable(FeatureFlags.USE_ETS, "as it was");
      felix.awaitImplementation(RegistryBackend.LEGACY);
      turnBackBetweenValuesAndNumber(felix);
      flags.enable(FeatureFlags.USE_ETS, "to count who reads");
      felix.awaitImplementation(RegistryBackend.ETS);
      int components = readings.get();
      flags.disable(FeatureFlags.USE_ETS, "as it was");
      felix.awaitImplementation(RegistryBackend.LEGACY);
      long swaps = lastSwapToEts(felix);
      for (int i = 1; i <= components; i++) {
        int reading = i;
        readings.set(0);
        turnedBackAt = reading;
        flags.enable(FeatureFlags.USE_ETS, "for a moment");
        RegistryFramework.await(() -> "reading %d of %d".formatted(reading, components))
            .until(() -> readings.get() >= reading);
        awaitThatAllWereTold(felix);
        felix.awaitImplementation(RegistryBackend.LEGACY);
      }
      assertThat(lastSwapToEts(felix))
          .as("swaps that only old values ask for")
          .isGreaterThan(swaps);
      RegistryFramework.await(() -> felix.service(BackendSelection.class).status().toString())
          .until(() -> felix.service(BackendSelection.class).status().settled());
    }
  }

  private void turnBackBetweenValuesAndNumber(RegistryFramework felix) {
    ConfigurationPlugin plugin =
        (reference, values) -> {
          if (RegistryFramework.CORE_PID.equals(values.get("service.pid"))
              && String.valueOf(values.get(BackendSelection.TARGET)).contains("ets")
              && readings.incrementAndGet() == turnedBackAt) {
            felix.service(FeatureFlags.class).disable(FeatureFlags.USE_ETS, "in between");
            RegistryFramework.await(() -> "the filter for legacy")
                .until(() -> configuredTarget(felix).contains(RegistryBackend.LEGACY));
          }
        };
    felix
        .context()
        .registerService(
            ConfigurationPlugin.class,
            plugin,
            FrameworkUtil.asDictionary(Map.of(ConfigurationPlugin.CM_RANKING, 1)));
  }

  /** ConfigurationAdmin tells of changes one after the other: this one comes after those before. */
  private static void awaitThatAllWereTold(RegistryFramework felix) throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    ServiceRegistration<?> listener =
        felix
            .context()
            .registerService(
                ConfigurationListener.class,
                event -> {
                  if (MARKER.equals(event.getPid())) {
                    told.countDown();
                  }
                },
                null);
    felix.configure(MARKER, "any", System.nanoTime());
    assertThat(told.await(RegistryFramework.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("ConfigurationAdmin tells of a change")
        .isTrue();
    listener.unregister();
  }

  /** The number of the latest swap to ets. */
  private static long lastSwapToEts(RegistryFramework felix) {
    return felix.admin().swaps().stream()
        .filter(swap -> swap.to().equals(RegistryBackend.ETS))
        .mapToLong(SwapReport::number)
        .max()
        .orElse(0);
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
