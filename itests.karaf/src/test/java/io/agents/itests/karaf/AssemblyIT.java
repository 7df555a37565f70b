package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The Karaf that this project builds has all of it and starts with no network; and all services of
 * a running Karaf, by bundles that nobody here wrote, as agents.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class AssemblyIT extends KarafContainer {

  /** The platform that the registry itself stands on, and what the test and its connection need. */
  private static final List<String> NOT_RESTARTED =
      List.of(
          "io.agents.",
          "org.apache.felix.framework",
          "org.apache.felix.scr",
          "org.apache.felix.configadmin",
          "org.osgi.",
          "org.apache.karaf.features.",
          "org.ops4j.",
          "PAXEXAM",
          "assertj",
          "awaitility",
          "net.bytebuddy",
          "org.hamcrest",
          "org.apache.servicemix.bundles.",
          "jakarta.inject");

  /** The fleet registers this one itself, beside the service that is an agent of its own. */
  private static final String REGISTERED_BY_CALL = "summariser-1";

  @Configuration
  public Option[] theAssembly() throws IOException {
    return new Option[] {Karaf.assembly()};
  }

  /** K1.6: it starts with the registry and its commands; the fleet is in its own folder. */
  @Test
  public void step1StartsWithAllOfIt() throws Exception {
    try (InKaraf karaf = new InKaraf(context)) {
      karaf.awaitImplementation("legacy");
      assertThat(bundle("io.agents.registry.shell.karaf").getState()).isEqualTo(Bundle.ACTIVE);
      install("agent-registry-fleet");
      await(() -> "the fleet; there are " + karaf.ids()).until(() -> karaf.ids().size() == 8);
    }
  }

  /** K1.7: real input, through a flip and back, while a fifth of Karaf's bundles is restarted. */
  @Test
  public void step2AllServicesOfKarafAreAgents() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("AssemblyIT: bundles are restarted with the seed " + seed);
    install("http-whiteboard", "webconsole", "scheduler", "obr", "audit-log", "jolokia");
    try (InKaraf karaf = new InKaraf(context)) {
      Files.writeString(
          etc("io.agents.registry.core.cfg").toPath(),
          "\nwhiteboard.filter = (objectClass=*)\n",
          StandardOpenOption.APPEND);
      awaitAgreement(karaf, seed);
      int services = services().size();
      System.out.println("AssemblyIT: " + services + " services are agents");
      assertThat(services).isGreaterThan(180);
      byTheirProperties(karaf);

      List<Bundle> fifth = fifth(new Random(seed));
      karaf.switchTo("ets");
      for (Bundle bundle : fifth.subList(0, fifth.size() / 2)) {
        restart(bundle);
      }
      karaf.switchTo("legacy");
      for (Bundle bundle : fifth.subList(fifth.size() / 2, fifth.size())) {
        restart(bundle);
      }
      karaf.switchTo("ets");

      awaitAgreement(karaf, seed);
      byTheirProperties(karaf);
      assertThat(karaf.admin().status().agentsWithOwnerGone()).as("seed " + seed).isZero();
    }
  }

  private void awaitAgreement(InKaraf karaf, long seed) {
    await(() -> "registry and framework to agree")
        .untilAsserted(
            () ->
                assertThat(difference(karaf))
                    .as("what the registry has otherwise than the framework, seed %s", seed)
                    .isEmpty());
  }

  private void byTheirProperties(InKaraf karaf) {
    for (String filter :
        List.of(
            "(objectClass=org.osgi.service.cm.ConfigurationAdmin)",
            "(osgi.command.scope=*)",
            "(&(service.ranking>=1)(objectClass=*))",
            "(bundle.symbolicName=org.apache.karaf.shell.*)")) {
      if (!filter.contains("bundle.symbolicName")) {
        List<String> expected = Arrays.stream(all(filter)).map(AssemblyIT::id).sorted().toList();
        assertThat(karaf.idsOf(filter)).as(filter).isEqualTo(expected);
      } else {
        assertThat(karaf.idsOf(filter)).as(filter).isNotEmpty();
      }
    }
  }

  /** A fifth of the bundles that are not needed by the test itself, in some order. */
  private List<Bundle> fifth(Random random) {
    List<Bundle> bundles = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      String name = bundle.getSymbolicName();
      if (bundle.getBundleId() != 0
          && bundle.getState() == Bundle.ACTIVE
          && NOT_RESTARTED.stream().noneMatch(name::startsWith)
          && (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
        bundles.add(bundle);
      }
    }
    Collections.shuffle(bundles, random);
    List<Bundle> fifth = bundles.subList(0, Math.max(2, bundles.size() / 5));
    System.out.println("AssemblyIT: of " + bundles.size() + " restarts " + fifth);
    return fifth;
  }

  private static void restart(Bundle bundle) throws Exception {
    bundle.stop(Bundle.STOP_TRANSIENT);
    bundle.start(Bundle.START_TRANSIENT);
  }

  /** What the registry has and the framework has not, or has otherwise; empty if they agree. */
  private Map<String, String> difference(InKaraf karaf) {
    Map<String, String> expected = services();
    Map<String, String> actual = karaf.owners();
    Map<String, String> difference = new TreeMap<>();
    expected.forEach(
        (id, owner) -> {
          if (!owner.equals(actual.get(id))) {
            difference.put(id, "in the framework of " + owner + ", here of " + actual.get(id));
          }
        });
    actual.forEach(
        (id, owner) -> {
          if (!expected.containsKey(id) && !id.equals(REGISTERED_BY_CALL)) {
            difference.put(id, "only here, of " + owner);
          }
        });
    return difference;
  }

  private Map<String, String> services() {
    Map<String, String> services = new TreeMap<>();
    for (ServiceReference<?> service : all(null)) {
      Bundle owner = service.getBundle();
      if (owner != null) {
        services.put(id(service), owner.getSymbolicName());
      }
    }
    return services;
  }

  private ServiceReference<?>[] all(String filter) {
    try {
      ServiceReference<?>[] all =
          context
              .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
              .getBundleContext()
              .getAllServiceReferences(null, filter);
      return all == null ? new ServiceReference<?>[0] : all;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(filter, e);
    }
  }

  private static String id(ServiceReference<?> service) {
    Object id = service.getProperty("agent.id");
    return id != null ? id.toString() : "service-" + service.getProperty(Constants.SERVICE_ID);
  }
}
