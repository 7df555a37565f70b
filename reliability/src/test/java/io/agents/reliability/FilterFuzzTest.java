package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/**
 * R6: whatever stands in a filter, it is refused with InvalidQueryException or answered; and the
 * answer is that of the framework's own filters, where these read it.
 */
@DisplayName("R6 Text that may be a filter")
class FilterFuzzTest {

  @ParameterizedTest(name = "by {0} is refused in words or answered rightly")
  @ValueSource(strings = {RegistryBackend.ETS, RegistryBackend.LEGACY})
  void isRefusedOrAnswered(String implementation) throws Exception {
    long seed = Seeds.next("filters, " + implementation);
    Random random = new Random(seed);
    int rounds = Effort.rounds(10_000, 100_000);
    try (RegistryFramework felix = RegistryFramework.startWithoutFlags()) {
      felix.choose(implementation);
      felix.awaitImplementation(implementation);
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      FilterCheck filters = new FilterCheck(registry);
      filters.fill(felix.owners().newService(owner), random);
      NastyText texts = new NastyText(random);
      Deadline.within(
          Duration.ofMinutes(10),
          "reading filters",
          () -> {
            for (String huge : NastyText.HUGE) {
              filters.check(huge);
            }
            for (int i = 0; i < rounds; i++) {
              filters.check(texts.next());
            }
          });
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
      Figures.report(
          "filters, " + implementation,
          "%d texts, %d refused, %d answered, %d of these compared with the framework's filters"
              .formatted(
                  rounds + NastyText.HUGE.size(),
                  filters.refused(),
                  filters.answered(),
                  filters.asTheFramework()));
      assertThat(filters.asTheFramework())
          .as("texts that the framework reads, too")
          .isGreaterThan(rounds / 10);
      assertThat(filters.refused()).as("texts that were refused").isGreaterThan(rounds / 10);
    }
  }
}
