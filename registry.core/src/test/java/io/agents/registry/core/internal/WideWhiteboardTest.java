package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Metadata;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.RecordingListener;
import io.agents.registry.testkit.reliability.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Services without an {@code agent.id} that a filter makes agents: R9.12 to R9.17. */
class WideWhiteboardTest {

  private static final Filter ALL = filter("(objectClass=*)");

  private static FelixFixture felix;

  private final RegistryCore core = new RegistryCore(Settings.DEFAULT);
  private final TestBackend legacy = TestBackend.plain();
  private final TestBackend ets = TestBackend.thatMonitors();
  private Bundle bundle;
  private AgentRegistry registry;
  private Whiteboard whiteboard;

  @BeforeAll
  static void start() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stop() {
    felix.close();
  }

  @BeforeEach
  void open() {
    bundle = felix.newBundle();
    registry = core.registryFor(bundle);
    whiteboard = new Whiteboard(felix.context(), core, ALL);
    whiteboard.open();
  }

  @AfterEach
  void close() {
    whiteboard.close();
    core.close();
    felix.reset();
  }

  private static Filter filter(String text) {
    try {
      return FrameworkUtil.createFilter(text);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServiceReference<?>[] allServices() {
    try {
      return felix.context().getAllServiceReferences(null, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String idOf(ServiceReference<?> service) {
    Object id = service.getProperty(AgentRegistry.AGENT_ID);
    return id == null ? "service-" + service.getProperty(Constants.SERVICE_ID) : id.toString();
  }

  private Agent agentOf(ServiceReference<?> service) {
    return registry.lookup(idOf(service)).orElse(null);
  }

  private static String describe(ServiceReference<?> service, Object n) {
    return service + " with n=" + n;
  }

  /** The services that are wanted are the agents, each as it is now. */
  private void assertAgreesWith(Filter wanted) {
    Map<String, String> expected = new TreeMap<>();
    for (ServiceReference<?> service : allServices()) {
      boolean isNamed = service.getProperty(AgentRegistry.AGENT_ID) != null;
      if (isNamed || (wanted != null && wanted.match(service))) {
        expected.put(
            idOf(service), describe(service, service.getProperty(isNamed ? "agent.n" : "n")));
      }
    }
    Map<String, String> held = new TreeMap<>();
    registry
        .agents()
        .forEach(
            agent -> held.put(agent.id(), describe(agent.service(), agent.metadata().get("n"))));
    assertThat(held).isEqualTo(expected);
    assertThat(registry.count()).isEqualTo(expected.size());
  }

  @Test // R9.12, R9.13
  void allServicesAreAgentsThoseOfTheFrameworkToo() {
    ServiceReference<?> service =
        felix.newService(
            bundle, Map.of("n", 1, "names", new String[] {"x", "y"}, "agent.n", 2, "Level", 3.5));
    Agent agent = agentOf(service);
    assertThat(agent.id()).isEqualTo("service-" + service.getProperty(Constants.SERVICE_ID));
    assertThat(agent.owner()).isEqualTo(bundle);
    assertThat(agent.registrar()).isEqualTo(bundle);
    Map<String, Object> expected = new HashMap<>();
    for (String key : service.getPropertyKeys()) {
      Object value = service.getProperty(key);
      expected.put(key, value instanceof Object[] array ? List.of(array) : value);
    }
    expected.put("bundle.symbolicName", bundle.getSymbolicName());
    assertThat(agent.metadata()).isEqualTo(expected);
    assertThat(expected).containsKeys("objectClass", "service.id", "names", "agent.n", "Level");
    assertThat(registry.findByAttribute("service.bundleid", 0)).as("of the framework").isNotEmpty();
    assertAgreesWith(ALL);
    assertThat(service.getUsingBundles()).as("R9.9: who fetched the service").isNull();
  }

  @Test // R9.13
  void theyAreFoundByClassAndBundle() {
    ServiceReference<?> service = felix.newService(bundle);
    felix.newService(felix.newBundle());
    assertThat(registry.findByAttribute("objectClass", Runnable.class.getName())).hasSize(2);
    assertThat(
            registry.query(
                registry.parseQuery(
                    "(&(objectClass=java.lang.*)(bundle.symbolicName="
                        + bundle.getSymbolicName()
                        + "))")))
        .extracting(Agent::service)
        .containsExactly(service);
  }

  @Test // R9.12
  void servicesWithAnIdOfTheirOwnAreAsBefore() {
    ServiceReference<?> service =
        felix.newService(bundle, Map.of("agent.id", "own", "agent.n", 1, "other", 2));
    assertThat(registry.lookup("own").orElseThrow().service()).isEqualTo(service);
    assertThat(agentOf(service).metadata()).isEqualTo(Map.of("n", 1));
    felix.newService(bundle, Map.of("agent.id", 7));
    assertThat(registry.agents())
        .extracting(Agent::id)
        .as("a service with a wrong id is no agent")
        .doesNotContain("service-7");
  }

  @Test // R9.14
  void whatMetadataCannotHoldIsLeftOutWithoutAWord() {
    String logged =
        logged(
            () -> {
              ServiceReference<?> service =
                  felix.newService(
                      bundle,
                      Map.of(
                          "n",
                          1,
                          "bad",
                          new Object(),
                          "worse",
                          List.of(new Thread()),
                          "angry",
                          angryList()));
              assertThat(agentOf(service).metadata())
                  .containsEntry("n", 1)
                  .containsKey("objectClass")
                  .doesNotContainKeys("bad", "worse", "angry");
            });
    assertThat(logged).isEmpty();
  }

  /** A collection of somebody else's, with code of somebody else's. */
  private static List<String> angryList() {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        throw new UnsupportedOperationException("on purpose");
      }

      @Override
      public int size() {
        return 5;
      }
    };
  }

  @Test // R9.14
  void ofTooManyPropertiesThoseThatEverybodyLooksForAreKept() {
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      many.put("a" + i, i);
    }
    ServiceReference<?> service = felix.newService(bundle, many);
    Metadata metadata = agentOf(service).metadata();
    assertThat(metadata).containsKeys("objectClass", "service.id", "bundle.symbolicName");
    // The class is a list, and so two values.
    assertThat(metadata).hasSize(1_000 - 1);
  }

  @Test // R9.15
  void changedPropertiesUpdateTheAgent() {
    ServiceReference<?> service = felix.newService(bundle, Map.of("n", 1));
    Agent first = agentOf(service);
    felix.change(service, Map.of("n", 2));
    Agent second = agentOf(service);
    assertThat(second.registration()).isEqualTo(first.registration());
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.metadata()).containsEntry("n", 2);
    felix.change(service, Map.of("n", 2));
    assertThat(agentOf(service)).isEqualTo(second);
    felix.change(service, Map.of("agent.id", "own", "agent.n", 2));
    assertThat(registry.lookup(second.id())).isEmpty();
    assertThat(registry.lookup("own").orElseThrow().metadata()).isEqualTo(Map.of("n", 2));
    felix.change(service, Map.of("n", 3));
    assertThat(registry.lookup("own")).isEmpty();
    assertThat(agentOf(service).id()).isEqualTo(first.id());
    felix.unregister(service);
    assertAgreesWith(ALL);
  }

  @Test // R9.16
  void anotherFilterAddsAndRemovesExactlyTheRightOnes() {
    for (int i = 0; i < 3_000; i++) {
      felix.newService(bundle, Map.of("n", i % 10));
    }
    ServiceReference<?> own = felix.newService(bundle, Map.of("agent.id", "own", "agent.n", 1));
    ServiceReference<?> called = felix.newService(bundle);
    registry.register("called", called, Map.of());
    long number = agentOf(own).registration();
    long five =
        registry.agents().stream()
            .filter(agent -> Integer.valueOf(5).equals(agent.metadata().get("n")))
            .mapToLong(Agent::registration)
            .max()
            .orElseThrow();
    for (Filter next :
        Arrays.asList(filter("(n=5)"), filter("(|(n=5)(n=6))"), null, filter("(n<=2)"), ALL)) {
      whiteboard.filter(next);
      assertThat(registry.unregister("called")).as("who registered by call").isTrue();
      assertAgreesWith(next);
      registry.register("called", called, Map.of());
      assertThat(agentOf(own).registration()).isEqualTo(number);
      if (next != null && next.toString().contains("n=5")) {
        assertThat(registry.agents()).extracting(Agent::registration).contains(five);
      }
    }
    assertThat(registry.unregister("called")).isTrue();
    felix.stop(bundle);
    assertThat(registry.agents()).extracting(Agent::owner).doesNotContain(bundle);
  }

  @Test // R9.10, R9.16
  void oneThatWasUnregisteredByACallComesBackWithAnotherFilter() {
    ServiceReference<?> service = felix.newService(bundle, Map.of("n", 1));
    assertThat(registry.unregister(idOf(service))).isTrue();
    felix.change(service, Map.of("n", 2));
    whiteboard.filter(ALL);
    assertThat(agentOf(service)).isNull();
    whiteboard.filter(null);
    whiteboard.filter(ALL);
    assertAgreesWith(ALL);
  }

  @Test // R9.14
  void aLackOfRoomIsToldOfOnceForAll() {
    whiteboard.filter(null);
    core.settings(QuotasTest.quotas(2, Settings.UNLIMITED));
    for (int i = 0; i < 50; i++) {
      felix.newService(bundle);
    }
    String logged = logged(() -> whiteboard.filter(ALL));
    assertThat(logged.lines().filter(line -> line.contains("WARN"))).hasSize(1);
    assertThat(logged).contains("agents.max of 2 agents", "2 services are agents");
    assertThat(registry.count()).isEqualTo(2);
  }

  private static String logged(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test // R10.2
  void whatTheRegistryDoesWithAnAgentMakesNoFurtherEvents() {
    felix.newService(bundle);
    RecordingListener listener = new RecordingListener();
    core.listeners().add(listener, "a test", listener, null);
    listener.awaitPresent();
    ServiceReference<?> one = felix.newService(bundle);
    ServiceReference<?> two = felix.newService(bundle);
    assertThat(listener.awaitEvents(2))
        .extracting(event -> event.agent().service())
        .isEqualTo(List.of(one, two));
  }

  @Test // R9.15, R9.16, R11.1, R11.6
  void amidRestartsChangesOtherFiltersAndFlipsItAgreesInTheEnd() throws Exception {
    long seed = Seeds.next("a wide whiteboard");
    core.backends().appeared(legacy.named("legacy"));
    core.backends().appeared(ets.named("ets"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Filter last : Arrays.asList(filter("(n>=5)"), null, ALL)) {
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
          Random random = new Random(seed + t);
          all.add(threads.submit(() -> restart(random)));
        }
        all.add(threads.submit(this::flip));
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    whiteboard.filter(i % 2 == 0 ? null : ALL);
                  }
                  whiteboard.filter(last);
                }));
        for (Future<?> one : all) {
          one.get(120, TimeUnit.SECONDS);
        }
        assertAgreesWith(last);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void restart(Random random) {
    List<Bundle> bundles = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      bundles.add(felix.newBundle());
    }
    for (int round = 0; round < 200; round++) {
      Bundle one = bundles.get(random.nextInt(bundles.size()));
      if (random.nextInt(10) == 0) {
        felix.stop(one);
        felix.start(one);
      }
      ServiceReference<?> service =
          random.nextInt(5) == 0
              ? felix.newService(one, Map.of("agent.id", "id-" + random.nextLong(), "agent.n", 1))
              : felix.newService(one, Map.of("n", random.nextInt(10)));
      switch (random.nextInt(4)) {
        case 0 -> felix.unregister(service);
        case 1 -> felix.change(service, Map.of("n", random.nextInt(10)));
        case 2 -> felix.change(service, Map.of("agent.id", "id-" + random.nextLong()));
        default -> {
          // It stays as it is.
        }
      }
    }
  }

  private void flip() {
    for (int i = 0; i < 10; i++) {
      core.backends().wanted(ets.named("ets"));
      core.backends().wanted(legacy.named("legacy"));
    }
  }
}
