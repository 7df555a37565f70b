package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** What Karaf's resolver chooses by the manifests alone. */
public class ResolverInKarafIT extends KarafContainer {

  @Configuration
  public Option[] karafAsItComes() throws IOException {
    return new Option[] {Karaf.plain()};
  }

  /**
   * K1.11: a bundle that only requires the service gets the registry, an implementation and SCR.
   */
  @Test
  public void theResolverPicksAnImplementation() throws Exception {
    URI consumer = ConsumerFeature.write(Path.of(System.getProperty("karaf.base"), "consumer"));
    features.addRepository(consumer);
    install("consumer");

    List<String> names = ours().stream().map(Bundle::getSymbolicName).sorted().toList();
    assertThat(names)
        .contains("io.agents.registry.api", "io.agents.registry.core", "io.agents.itests.consumer")
        .doesNotContain("io.agents.examples.fleet", "io.agents.registry.flags")
        .containsAnyOf("io.agents.registry.ets", "io.agents.registry.legacy");
    assertThat(bundle("org.apache.felix.scr").getState()).isEqualTo(Bundle.ACTIVE);
    for (String service :
        List.of("io.agents.registry.api.AgentRegistry", "io.agents.registry.spi.RegistryBackend")) {
      await(() -> "a service " + service)
          .until(() -> context.getAllServiceReferences(service, null) != null);
    }
  }
}
