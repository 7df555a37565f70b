package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.RecordingListener;
import io.agents.registry.testkit.reliability.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/** Agents from the service registry, with real service events: R9. */
class WhiteboardTest {

  private static FelixFixture felix;

  private final RegistryCore core = new RegistryCore(Settings.DEFAULT);
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
    whiteboard = new Whiteboard(felix.context(), core, null);
    whiteboard.open();
  }

  @AfterEach
  void close() {
    whiteboard.close();
    core.close();
    felix.reset();
  }

  private ServiceReference<?> service(String id, int ranking) {
    return felix.newService(bundle, properties(id, ranking));
  }

  private static Map<String, Object> properties(String id, int ranking) {
    return Map.of(
        AgentRegistry.AGENT_ID, id, Constants.SERVICE_RANKING, ranking, "agent.n", ranking);
  }

  private Agent agent(String id) {
    return registry.lookup(id).orElse(null);
  }

  private ServiceReference<?> holder(String id) {
    return registry.lookup(id).<ServiceReference<?>>map(Agent::service).orElse(null);
  }

  private RecordingListener listen() {
    RecordingListener listener = new RecordingListener();
    core.listeners().add(listener, "a test", listener, null);
    listener.awaitPresent();
    return listener;
  }

  private static List<String> told(RecordingListener listener, int count) {
    return listener.awaitEvents(count).stream()
        .map(
            event ->
                event.type()
                    + " "
                    + event.agent().id()
                    + event.reason().map(reason -> " " + reason).orElse(""))
        .toList();
  }

  @Test // R9.1, R9.2
  void aServiceWithAnIdIsAnAgent() {
    ServiceReference<?> service =
        felix.newService(
            bundle,
            Map.of(
                AgentRegistry.AGENT_ID,
                "a",
                "agent.capability",
                new String[] {"translation", "search"},
                "agent.cores",
                new int[] {1, 2},
                "agent.resources.memory",
                512,
                "agents",
                "no",
                "other",
                "no"));
    Agent agent = agent("a");
    assertThat(agent.service()).isEqualTo(service);
    assertThat(agent.owner()).isEqualTo(bundle);
    assertThat(agent.registrar()).isEqualTo(bundle);
    assertThat(agent.metadata())
        .isEqualTo(
            Map.of(
                "capability", List.of("translation", "search"),
                "cores", List.of(1, 2),
                "resources.memory", 512));
    assertThat(service.getUsingBundles()).as("R9.9: who fetched the service").isNull();
  }

  @Test // R9.1
  void servicesThatWereThereBeforeAreAgentsToo() {
    whiteboard.close();
    ServiceReference<?> before = service("before", 0);
    assertThat(agent("before")).isNull();
    whiteboard = new Whiteboard(felix.context(), core, null);
    whiteboard.open();
    assertThat(holder("before")).isEqualTo(before);
  }

  @Test // R9.3
  void changedPropertiesUpdateTheAgent() {
    ServiceReference<?> service = service("a", 0);
    Agent first = agent("a");
    felix.change(service, Map.of(AgentRegistry.AGENT_ID, "a", "agent.n", 5));
    Agent second = agent("a");
    assertThat(second.registration()).isEqualTo(first.registration());
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.metadata()).isEqualTo(Map.of("n", 5));
    felix.change(service, Map.of(AgentRegistry.AGENT_ID, "a", "agent.n", 5, "other", "changed"));
    assertThat(agent("a")).isEqualTo(second);
  }

  @Test // R9.4
  void aChangedIdMovesTheAgent() {
    ServiceReference<?> service = service("a", 0);
    RecordingListener listener = listen();
    felix.change(service, properties("b", 0));
    assertThat(agent("a")).isNull();
    assertThat(holder("b")).isEqualTo(service);
    assertThat(told(listener, 2)).containsExactly("UNREGISTERED a ASKED", "REGISTERED b");
  }

  @Test // R9.5
  void aServiceThatGoesOrLosesTheIdTakesTheAgentAlong() {
    ServiceReference<?> goes = service("a", 0);
    ServiceReference<?> loses = service("b", 0);
    RecordingListener listener = listen();
    felix.unregister(goes);
    felix.change(loses, Map.of("agent.n", 1));
    assertThat(registry.count()).isZero();
    assertThat(told(listener, 2))
        .containsExactly("UNREGISTERED a OWNER_GONE", "UNREGISTERED b ASKED");
    felix.change(loses, properties("b", 0));
    assertThat(holder("b")).isEqualTo(loses);
  }

  @Test // R9.5, R10.6
  void aGoingThatTheBackendNoticesFirstIsToldOnce() {
    RecordingListener listener = listen();
    ServiceReference<?> service = service("a", 0);
    Agent agent = agent("a");
    felix.unregister(
        service,
        () ->
            core.writes()
                .remove("a", present -> present.isSameVersionAs(agent), Reason.OWNER_GONE));
    service("b", 0);
    assertThat(told(listener, 3))
        .containsExactly("REGISTERED a", "UNREGISTERED a OWNER_GONE", "REGISTERED b");
  }

  @Test // R9.6
  void theBestOfSeveralServicesHoldsTheId() {
    ServiceReference<?> first = service("a", 5);
    ServiceReference<?> second = service("a", 5);
    ServiceReference<?> worse = service("a", 1);
    assertThat(holder("a")).as("the older of two with the same ranking").isEqualTo(first);
    RecordingListener listener = listen();
    ServiceReference<?> best = service("a", 9);
    assertThat(holder("a")).isEqualTo(best);
    felix.unregister(best);
    assertThat(holder("a")).isEqualTo(first);
    felix.unregister(first);
    assertThat(holder("a")).isEqualTo(second);
    felix.change(worse, properties("a", 7));
    assertThat(holder("a")).as("after its ranking was raised").isEqualTo(worse);
    felix.change(worse, properties("a", 2));
    assertThat(holder("a")).as("after its ranking was lowered").isEqualTo(second);
    assertThat(told(listener, 10))
        .containsExactly(
            "UNREGISTERED a REPLACED",
            "REGISTERED a",
            "UNREGISTERED a OWNER_GONE",
            "REGISTERED a",
            "UNREGISTERED a OWNER_GONE",
            "REGISTERED a",
            "UNREGISTERED a REPLACED",
            "REGISTERED a",
            "UNREGISTERED a REPLACED",
            "REGISTERED a");
    felix.stop(bundle);
    assertThat(registry.count()).isZero();
  }

  @Test // R9.7
  void aServiceWaitsForAnIdThatIsHeldByACall() {
    ServiceReference<?> called = felix.newService(bundle);
    Registration registration = registry.register("a", called, Map.of());
    ServiceReference<?> waiting = service("a", 100);
    assertThat(holder("a")).isEqualTo(called);
    registration.close();
    assertThat(holder("a")).isEqualTo(waiting);
  }

  @Test // R9.7
  void aServiceThatWasReplacedByACallComesBackWhenTheIdIsFree() {
    ServiceReference<?> service = service("a", 0);
    ServiceReference<?> called = felix.newService(bundle);
    registry.registerOrReplace("a", called, Map.of());
    assertThat(holder("a")).isEqualTo(called);
    assertThat(registry.unregister("a")).isTrue();
    assertThat(holder("a")).isEqualTo(service);
  }

  @Test // R9.7, R11.6
  void aServiceTakesAnIdWhoseHolderIsDroppedByASwap() {
    ServiceReference<?> called = felix.newService(bundle);
    registry.register("a", called, Map.of());
    ServiceReference<?> waiting = service("a", 0);
    felix.unregister(called);
    assertThat(agent("a").isOwnerGone()).isTrue();
    core.backends().wanted(TestBackend.thatMonitors().named("ets"));
    assertThat(holder("a")).isEqualTo(waiting);
  }

  @Test // R4.1
  void anAgentThatWasUnregisteredByACallStaysAwayAndTheNextTakesOver() {
    ServiceReference<?> best = service("a", 5);
    ServiceReference<?> next = service("a", 1);
    assertThat(registry.unregister("a")).isTrue();
    assertThat(holder("a")).isEqualTo(next);
    assertThat(registry.unregister("a")).isTrue();
    assertThat(agent("a")).isNull();
    felix.change(best, properties("a", 6));
    assertThat(agent("a")).as("after a change of its properties").isNull();
    felix.unregister(best);
    ServiceReference<?> fresh = service("a", 0);
    assertThat(holder("a")).isEqualTo(fresh);
  }

  @Test // R9.8
  void whatIsNoIdIsIgnoredUntilItIs() {
    ServiceReference<?> service = felix.newService(bundle, Map.of(AgentRegistry.AGENT_ID, 5));
    felix.newService(bundle, Map.of(AgentRegistry.AGENT_ID, ""));
    felix.newService(bundle, Map.of(AgentRegistry.AGENT_ID, "a\nb"));
    assertThat(registry.count()).isZero();
    felix.change(service, properties("five", 0));
    assertThat(holder("five")).isEqualTo(service);
  }

  @Test // R9.8
  void aPropertyThatMetadataCannotHoldIsLeftOut() {
    felix.newService(
        bundle,
        Map.of(
            AgentRegistry.AGENT_ID,
            "a",
            "agent.good",
            1,
            "agent.bad",
            new Object(),
            "agent.worse",
            new Object[] {"x", new Thread()}));
    assertThat(agent("a").metadata()).isEqualTo(Map.of("good", 1));
  }

  @Test // R9.8
  void aServiceWhosePropertiesAreTooManyKeepsItsLastGoodMetadata() {
    ServiceReference<?> service = service("a", 0);
    Metadata good = agent("a").metadata();
    Map<String, Object> wide = new HashMap<>(properties("a", 3));
    for (int i = 0; i < 1_001; i++) {
      wide.put("agent.k" + i, i);
    }
    felix.newService(bundle, withId(wide, "never"));
    felix.change(service, withId(wide, "a"));
    assertThat(agent("a").metadata()).isEqualTo(good);
    assertThat(agent("never")).isNull();
  }

  @Test // R9.8
  void aPropertyThatIsTooLargeIsLeftOut() {
    Map<String, Object> large = new HashMap<>(properties("a", 3));
    large.put("agent.large", new int[2_000]);
    felix.newService(bundle, large);
    assertThat(agent("a").metadata()).isEqualTo(Map.of("n", 3));
  }

  @Test // R9.11, R1.15
  void aServiceOverTheQuotaIsLoggedOnceAndWaits() {
    core.settings(QuotasTest.quotas(2, Settings.UNLIMITED));
    ServiceReference<?> first = service("a", 0);
    service("b", 0);
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    ServiceReference<?> over;
    try {
      over = service("c", 0);
      felix.change(over, properties("c", 1));
      felix.change(over, properties("c", 2));
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("is not registered as the agent 'c'")
        .contains(Quotas.AGENTS + " of 2 agents");
    assertThat(registry.agents()).extracting(Agent::id).containsExactlyInAnyOrder("a", "b");
    felix.change(first, properties("a", 5));
    assertThat(agent("a").revision()).as("of a service that has its room").isEqualTo(2);
    felix.unregister(first);
    felix.change(over, properties("c", 3));
    assertThat(holder("c")).isEqualTo(over);
  }

  private static Map<String, Object> withId(Map<String, Object> properties, String id) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(AgentRegistry.AGENT_ID, id);
    return all;
  }

  @Test // R9.3, R9.6
  void amidConcurrentServiceEventsTheBestWinsInTheEnd() throws Exception {
    long seed = Seeds.next("a whiteboard");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<ServiceReference<?>>>> all = new ArrayList<>();
    try {
      for (int t = 0; t < 4; t++) {
        Random random = new Random(seed + t);
        Bundle own = felix.newBundle();
        all.add(threads.submit(() -> comeAndGo(own, random)));
      }
      List<ServiceReference<?>> left = new ArrayList<>();
      for (Future<List<ServiceReference<?>>> one : all) {
        left.addAll(one.get(60, TimeUnit.SECONDS));
      }
      for (int i = 0; i < 3; i++) {
        String id = "id" + i;
        ServiceReference<?> best =
            left.stream()
                .filter(service -> id.equals(service.getProperty(AgentRegistry.AGENT_ID)))
                .max(ServiceReference::compareTo)
                .orElse(null);
        assertThat(holder(id)).as(id).isEqualTo(best);
        if (best != null) {
          assertThat(agent(id).metadata()).isEqualTo(Map.of("n", best.getProperty("agent.n")));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<ServiceReference<?>> comeAndGo(Bundle own, Random random) {
    List<ServiceReference<?>> there = new ArrayList<>();
    for (int round = 0; round < 300; round++) {
      Map<String, Object> properties = properties("id" + random.nextInt(3), random.nextInt(10));
      if (there.size() < 3) {
        there.add(felix.newService(own, properties));
      } else if (random.nextBoolean()) {
        felix.change(there.get(random.nextInt(3)), properties);
      } else {
        felix.unregister(there.remove(random.nextInt(3)));
      }
    }
    return there;
  }

  @Test // R18.3
  void aClosedWhiteboardTakesItsAgentsAlongAndNoNotice() {
    ServiceReference<?> called = felix.newService(bundle);
    registry.register("called", called, Map.of());
    ServiceReference<?> service = service("a", 0);
    service("a", 1);
    whiteboard.close();
    service("b", 0);
    felix.change(service, properties("c", 0));
    assertThat(registry.agents()).extracting(Agent::id).containsExactly("called");
  }

  @Test // R9.5
  void aServiceWhoseEndIsAnnouncedBeforeItsBeginningIsNoAgent() {
    ServiceReference<?> late = service("late", 0);
    felix.unregister(
        late, () -> whiteboard.serviceChanged(new ServiceEvent(ServiceEvent.REGISTERED, late)));
    assertThat(registry.agents()).as("agents of a service that has gone").isEmpty();
    whiteboard.serviceChanged(new ServiceEvent(ServiceEvent.MODIFIED, late));
    assertThat(registry.agents()).as("agents of a service that has gone").isEmpty();
  }

  @Test // R9.5, R11.1
  void agentsOfServicesOutliveASwapAndGoAfterwards() {
    ServiceReference<?> service = service("a", 0);
    Agent before = agent("a");
    core.backends().wanted(TestBackend.plain().named("legacy"));
    assertThat(agent("a")).isEqualTo(before);
    RecordingListener listener = listen();
    felix.unregister(service);
    assertThat(agent("a")).isNull();
    assertThat(listener.awaitEvents(1)).extracting(RegistryEvent::agent).containsExactly(before);
  }
}
