package io.agents.reliability;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.spi.RegistryBackend;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.osgi.framework.Bundle;

/** What Jazzer calls with text that may be a filter: every implementation has to answer rightly. */
public final class FilterTarget {

  /** Guarded by Jazzer, which calls on one thread. */
  private static final List<FilterCheck> CHECKS = new ArrayList<>();

  private FilterTarget() {}

  /** Starts a framework for each implementation; they run until the process ends. */
  public static void fuzzerInitialize() throws Exception {
    for (String implementation : List.of(RegistryBackend.ETS, RegistryBackend.LEGACY)) {
      RegistryFramework felix = RegistryFramework.startWithoutFlags();
      felix.choose(implementation);
      felix.awaitImplementation(implementation);
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      FilterCheck check = new FilterCheck(registry);
      check.fill(felix.owners().newService(owner), new Random(1));
      CHECKS.add(check);
    }
  }

  /** Tries one text. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    CHECKS.forEach(check -> check.check(text));
  }
}
