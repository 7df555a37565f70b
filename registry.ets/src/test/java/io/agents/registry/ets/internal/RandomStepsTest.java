package io.agents.registry.ets.internal;

import io.agents.registry.testkit.BackendModelCheck;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random steps on the backend and on a plain map (B5.8), other ones in every run. */
class RandomStepsTest {

  private static final int RUNS = 5;
  private static final int STEPS = 600;

  private static FelixFixture felix;

  @BeforeAll
  static void startFelix() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stopFelix() {
    felix.close();
  }

  @Test
  void backendAndPlainMapAgreeWhateverIsIndexed() {
    List<String> attributes =
        List.of("capability,tags", "", "load,active,text", "resources.memory,a.b.c", "unknown");
    Random seeds = new Random(Seeds.next("random steps"));
    for (int i = 0; i < RUNS; i++) {
      EtsBackend backend =
          new EtsBackend(felix.context(), Map.of(IndexSettings.ATTRIBUTES, attributes.get(i)));
      BackendModelCheck check = new BackendModelCheck(backend, felix, seeds.nextLong());
      check.run(STEPS);
      for (String changed : attributes) {
        backend.modified(Map.of(IndexSettings.ATTRIBUTES, changed));
        check.run(STEPS / 10);
      }
      backend.deactivate();
      felix.reset();
    }
  }
}
