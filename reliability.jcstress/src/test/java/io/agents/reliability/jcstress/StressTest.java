package io.agents.reliability.jcstress;

import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * All tests of jcstress that are in this module: publication of agents (C1), the switch between
 * backends (R11.2, R11.3), and queries beside writes (B5).
 */
class StressTest {

  @Test
  void onlyPromisedOutcomesComeUp() throws IOException, InterruptedException {
    Stress stress = Stress.of("all", ".*");
    Figures.report(
        "jcstress",
        "%d tests in %d configurations, %d passed, mode %s, %.0f s"
            .formatted(
                stress.tests(),
                stress.planned(),
                stress.passed(),
                Effort.isExhaustive() ? "default" : "quick",
                stress.millis() / 1000.0));
    stress.requirePassed(Stress.known());
  }
}
