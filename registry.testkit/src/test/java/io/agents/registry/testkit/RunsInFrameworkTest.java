package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The rules can be used inside a framework that has no JUnit 5, as tests in containers do. */
class RunsInFrameworkTest {

  @Test
  @DisplayName("the kit resolves without JUnit 5, and its rules load")
  void resolvesWithoutJupiter() throws Exception {
    try (FelixFixture felix = new FelixFixture()) {
      List<Bundle> bundles = new ArrayList<>();
      for (Class<?> one :
          List.of(
              Agent.class,
              Assertions.class,
              ByteBuddy.class,
              Awaitility.class,
              Matcher.class,
              RuleCheck.class)) {
        File file = new File(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        bundles.add(felix.context().installBundle("reference:" + file.toURI()));
      }
      for (Bundle bundle : bundles) {
        bundle.start();
      }
      Class<?> rules = bundles.get(5).loadClass(AgentRegistryRules.class.getName());
      assertThat(rules).isNotSameAs(AgentRegistryRules.class);
      List<?> checks = (List<?>) rules.getMethod("all", boolean.class).invoke(null, true);
      assertThat(checks).hasSameSizeAs(AgentRegistryRules.all(true));
    }
  }
}
