package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.spi.Inheritance;
import io.agents.registry.testkit.BundleOwners;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.RecordingListener;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** The bundle of the core is updated, in a framework: R18. */
class CoreUpdateTest {

  private final TestBackend legacy = TestBackend.plain();
  private final TestBackend ets = TestBackend.thatMonitors();
  private CoreInFelix felix;
  private BundleContext context;
  private BundleOwners owners;
  private Bundle owner;
  private ServiceReference<?> service;

  @BeforeEach
  void start() throws Exception {
    felix = new CoreInFelix();
    context = felix.context();
    owners = felix.owners();
    owner = owners.newBundle();
    service = owners.newService(owner);
  }

  @AfterEach
  void stop() throws Exception {
    felix.close();
  }

  private AgentRegistry registry() {
    return felix.service(AgentRegistry.class, owner.getBundleContext());
  }

  private Registration register(String id) {
    return registry().register(id, service, Map.of("n", 1));
  }

  private void provide(String active) {
    if (!active.equals("none")) {
      felix.provide(active.equals("ets") ? ets : legacy, active);
    }
    assertThat(felix.admin().status().implementation()).isEqualTo(active);
  }

  @ParameterizedTest // R18.1, R18.8
  @ValueSource(strings = {"legacy", "ets", "none"})
  void agentsThatWereRegisteredByCallAreThereAgain(String active) throws Exception {
    provide(active);
    register("a");
    registry().updateMetadata("a", Map.of("n", 2));
    register("b");
    List<Agent> before = registry().agents();
    felix.core().stop();
    assertThat(legacy.isEmpty() && ets.isEmpty()).isTrue();
    felix.core().start();
    assertThat(registry().agents()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(felix.admin().status().implementation()).isEqualTo(active);
    felix.core().update();
    assertThat(registry().agents()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(registry().unregister("b")).as("the rights of its owner").isTrue();
    assertThat(context.getServiceReference(Inheritance.class)).as("what was left").isNull();
  }

  @Test // R18.1, R18.3
  void allAgentsAreThereWhenTheServiceAppears() throws Exception {
    provide("ets");
    register("called");
    owners.newService(owner, Map.of("agent.id", "published"));
    List<List<String>> found = new ArrayList<>();
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.REGISTERED) {
            found.add(registry().agents().stream().map(Agent::id).sorted().toList());
          }
        };
    context.addServiceListener(listener, "(objectClass=" + AgentRegistry.class.getName() + ")");
    felix.core().update();
    felix.core().update();
    assertThat(found).isEqualTo(List.of(List.of("called", "published"), found.get(0)));
  }

  @Test // R18.2
  void agentsWhoseOwnerHasGoneMeanwhileAreNot() throws Exception {
    provide("legacy");
    register("lives");
    Bundle other = owners.newBundle();
    registry().register("dies", owners.newService(other), Map.of());
    felix.core().stop();
    owners.stop(other);
    felix.core().start();
    assertThat(registry().agents()).extracting(Agent::id).containsExactly("lives");
  }

  @Test // R18.3, R18.4
  void agentsFromTheServiceRegistryComeBackAndNoNumberComesTwice() throws Exception {
    provide("ets");
    register("called").close();
    owners.newService(owner, Map.of("agent.id", "published", "agent.n", 1));
    Agent before = registry().lookup("published").orElseThrow();
    for (int i = 0; i < 3; i++) {
      felix.core().update();
      Agent now = registry().lookup("published").orElseThrow();
      assertThat(now.metadata()).isEqualTo(before.metadata());
      assertThat(now.registration()).isGreaterThan(before.registration());
      Registration next = register("next-" + i);
      assertThat(next.number()).isGreaterThan(now.registration());
      next.close();
      before = now;
    }
  }

  @Test // R18.5
  void aRegistryThatHasEndedSaysSo() throws Exception {
    register("a");
    AgentRegistry former = registry();
    felix.core().update();
    for (Runnable call :
        List.<Runnable>of(
            () -> former.lookup("a"),
            former::agents,
            former::count,
            () -> former.findByAttribute("n", 1),
            () -> former.register("b", service, Map.of()),
            () -> former.unregister("a"),
            () -> former.updateMetadata("a", Map.of()))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("get the service AgentRegistry anew");
    }
    assertThat(registry().lookup("a")).isPresent();
  }

  @Test // R18.6
  void aHandleOfARegistryThatHasEndedClosesWhatIsLeftOrSaysThatItIsTaken() throws Exception {
    Registration first = register("first");
    Registration second = register("second");
    felix.core().stop();
    first.close();
    first.close();
    assertThatThrownBy(() -> second.update(Map.of())).isInstanceOf(IllegalStateException.class);
    felix.core().start();
    assertThat(registry().agents()).extracting(Agent::id).containsExactly("second");
    for (Runnable call :
        List.<Runnable>of(second::agent, second::close, () -> second.update(Map.of()))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("get the service AgentRegistry anew");
    }
    Registration anew = registry().registerOrReplace("second", service, Map.of());
    anew.close();
    assertThat(registry().count()).isZero();
  }

  @Test // R18.7
  void listenersAreToldWhatIsThereAndNothingOfTheEnd() throws Exception {
    provide("ets");
    register("called");
    owners.newService(owner, Map.of("agent.id", "published"));
    RecordingListener listener = new RecordingListener();
    context.registerService(RegistryListener.class, listener, null);
    listener.awaitPresent();
    felix.core().update();
    Eventually.holds("the second presentation", () -> listener.presentations().size() == 2);
    assertThat(listener.presentations())
        .allSatisfy(
            present ->
                assertThat(present)
                    .extracting(Agent::id)
                    .containsExactlyInAnyOrder("called", "published"));
    register("next");
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.agent().id())
        .isEqualTo(List.of("next"));
    assertThat(listener.events().get(0).number()).isEqualTo(1);
  }

  @Test // R18.1
  void anotherBackendMayBeWantedAfterwards() throws Exception {
    provide("ets");
    felix.provide(legacy, "legacy");
    felix.target("ets");
    register("a");
    felix.core().stop();
    felix.target("legacy");
    felix.core().start();
    felix.awaitActive("legacy");
    assertThat(registry().lookup("a")).isPresent();
    assertThat(ets.isEmpty()).isTrue();
  }

  @Test // R18.1
  void declarativeServicesMayRestartAndTheCoreMayBeInstalledAnew() throws Exception {
    provide("ets");
    List<Agent> before = List.of(register("a").agent().orElseThrow());
    felix.components().stop();
    felix.components().start();
    assertThat(registry().agents()).isEqualTo(before);
    felix.core().uninstall();
    felix.installCore();
    assertThat(registry().agents()).isEqualTo(before);
    assertThat(register("b").number()).isGreaterThan(before.get(0).registration());
  }

  @Test // R9.12, R9.16, R9.17
  void theFilterOfTheWhiteboardTakesEffectWhileRunning() throws Exception {
    provide("ets");
    int none = registry().count();
    felix.configure(Map.of("whiteboard.filter", "(objectClass=*)"));
    Eventually.holds("all services are agents", () -> registry().count() == services());
    RecordingListener listener = new RecordingListener();
    context.registerService(RegistryListener.class, listener, null);
    listener.awaitPresent();
    felix.provide(legacy, "legacy");
    felix.target("legacy");
    felix.awaitActive("legacy");
    // What the flip has changed, the properties of our own components, ends by itself.
    owners.newService(owner, Map.of("agent.id", "first"));
    Eventually.holds("the first agent", () -> indexOf(listener, "first").isPresent());
    owners.newService(owner, Map.of("agent.id", "second"));
    Eventually.holds("the second agent", () -> indexOf(listener, "second").isPresent());
    assertThat(listener.events().size()).as("events").isLessThan(20);
    felix.configure(Map.of("whiteboard.filter", "(objectClass="));
    felix.core().update();
    assertThat(registry().count()).as("a wrong filter is none at a start").isEqualTo(none + 2);
    felix.configure(Map.of("whiteboard.filter", "(objectClass=*)"));
    Eventually.holds("all services are agents", () -> registry().count() == services());
  }

  private static Optional<Integer> indexOf(RecordingListener listener, String id) {
    List<String> ids = listener.events().stream().map(event -> event.agent().id()).toList();
    return Optional.of(ids.indexOf(id)).filter(index -> index >= 0);
  }

  private int services() throws Exception {
    return context.getAllServiceReferences(null, null).length;
  }

  @Test // R18.5, R18.1
  void whatWasAcceptedInTheLastMomentIsNotLost() throws Exception {
    provide("ets");
    long seed = Seeds.next("an update of the core");
    Map<String, Long> accepted = new ConcurrentHashMap<>();
    Set<String> unknown = ConcurrentHashMap.newKeySet();
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Random random = new Random(seed + t);
        String name = "thread-" + t + "-";
        all.add(threads.submit(() -> comeAndGo(name, random, accepted, unknown, enough)));
      }
      for (int i = 0; i < 30; i++) {
        int some = accepted.size() + 20;
        Eventually.holds("more agents", () -> accepted.size() >= some);
        felix.core().update();
      }
      enough.set(true);
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    Map<String, Long> held = new TreeMap<>();
    registry().agents().forEach(agent -> held.put(agent.id(), agent.registration()));
    held.keySet().removeAll(unknown);
    assertThat(held).isEqualTo(new TreeMap<>(accepted));
    assertThat(accepted.values()).as("numbers").doesNotHaveDuplicates();
  }

  private void comeAndGo(
      String name,
      Random random,
      Map<String, Long> accepted,
      Set<String> unknown,
      AtomicBoolean enough) {
    for (int i = 0; !enough.get(); i++) {
      String id = name + i;
      ServiceReference<AgentRegistry> reference =
          owner.getBundleContext().getServiceReference(AgentRegistry.class);
      AgentRegistry registry =
          reference == null ? null : owner.getBundleContext().getService(reference);
      if (registry == null) {
        Thread.onSpinWait();
        continue;
      }
      try {
        Registration handle = registry.register(id, service, Map.of("n", i));
        accepted.put(id, handle.number());
        if (random.nextInt(3) == 0) {
          accepted.remove(id);
          unknown.add(id);
          handle.close();
          unknown.remove(id);
        }
      } catch (IllegalStateException e) {
        // The registry has ended: either nothing was done, or the handle's agent has gone over.
        assertThat(e).hasMessageContaining("stopped");
      }
    }
  }
}
