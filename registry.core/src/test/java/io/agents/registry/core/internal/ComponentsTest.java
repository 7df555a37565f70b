package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.BundleOwners;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.RecordingListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * The components, driven by Declarative Services and ConfigurationAdmin in a framework: R11.7 to
 * R12.3, R8, R9.1, R10.15, R13.6.
 */
class ComponentsTest {

  private final TestBackend legacy = TestBackend.plain();
  private final TestBackend ets = TestBackend.thatMonitors();
  private CoreInFelix felix;
  private BundleContext context;
  private BundleOwners owners;

  @BeforeEach
  void start() throws Exception {
    felix = new CoreInFelix();
    context = felix.context();
    owners = felix.owners();
  }

  @AfterEach
  void stop() throws Exception {
    felix.close();
  }

  private RegistryAdmin admin() {
    return felix.admin();
  }

  private ServiceRegistration<RegistryBackend> provide(TestBackend backend, String name) {
    return felix.provide(backend, name);
  }

  private void target(String name) {
    felix.target(name);
  }

  private void awaitActive(String name) {
    felix.awaitActive(name);
  }

  private List<Agent> fill() {
    Bundle owner = owners.newBundle();
    AgentRegistry registry = felix.service(AgentRegistry.class, owner.getBundleContext());
    ServiceReference<?> service = owners.newService(owner);
    for (int i = 0; i < 20; i++) {
      registry.register("a" + i, service, Map.of("n", i));
    }
    return registry.agents();
  }

  @Test // R12.1 to R12.3, R11.7
  void backendsComeAndGoWhileTheServicesStay() {
    ServiceReference<AgentRegistry> reference = context.getServiceReference(AgentRegistry.class);
    AgentRegistry registry = context.getService(reference);
    List<Agent> agents = fill();
    assertThat(admin().status().implementation()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    ServiceRegistration<RegistryBackend> first = provide(legacy, "legacy");
    assertThat(admin().status().implementation()).isEqualTo("legacy");
    assertThat(registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
    ServiceRegistration<RegistryBackend> second = provide(ets, "ets");
    assertThat(admin().status().available()).containsExactly("ets", "legacy");
    first.unregister();
    assertThat(admin().status().implementation()).isEqualTo("ets");
    assertThat(legacy.isEmpty()).isTrue();
    assertThat(registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
    second.unregister();
    assertThat(admin().status().implementation()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(ets.isEmpty()).isTrue();
    assertThat(registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
    assertThat(context.getServiceReference(AgentRegistry.class)).isEqualTo(reference);
    assertThat(context.getService(reference)).isSameAs(registry);
  }

  @Test // R11.1, R11.8, R11.9
  void theTargetFilterChoosesTheBackend() {
    ServiceReference<AgentRegistry> reference = context.getServiceReference(AgentRegistry.class);
    AgentRegistry registry = context.getService(reference);
    provide(legacy, "legacy");
    List<Agent> agents = fill();
    target("ets");
    Eventually.passes(
        "the registry waits for ets",
        () ->
            assertThat(admin().status().awaited())
                .contains("no backend matches (registry.implementation=ets)"));
    assertThat(admin().status().implementation()).isEqualTo("legacy");
    ServiceRegistration<RegistryBackend> second = provide(ets, "ets");
    assertThat(admin().status().implementation()).isEqualTo("ets");
    assertThat(admin().status().isHealthy()).isTrue();
    target("legacy");
    awaitActive("legacy");
    for (int i = 0; i < 20; i++) {
      target(i % 2 == 0 ? "ets" : "legacy");
    }
    target("ets");
    awaitActive("ets");
    assertThat(registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
    second.unregister();
    assertThat(admin().status().implementation()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
    assertThat(context.getServiceReference(AgentRegistry.class)).isEqualTo(reference);
    assertThat(context.getService(reference)).isSameAs(registry);
  }

  @Test // R11.5, R11.7
  void afterAnAbandonedSwapTheOldBackendMayStop() {
    ServiceRegistration<RegistryBackend> first = provide(legacy, "legacy");
    provide(ets, "ets");
    target("legacy");
    List<Agent> agents = fill();
    ets.failAt(TestBackend.Call.PUT, 5);
    target("ets");
    Eventually.passes(
        "the swap is abandoned",
        () -> assertThat(admin().status().awaited().orElse("")).contains("abandoned"));
    assertThat(admin().status().implementation()).isEqualTo("legacy");
    target("ets");
    awaitActive("ets");
    target("legacy");
    awaitActive("legacy");
    ets.failAt(TestBackend.Call.PUT, 5);
    target("ets");
    Eventually.passes(
        "the swap is abandoned",
        () -> assertThat(admin().status().awaited().orElse("")).contains("abandoned"));
    first.unregister();
    assertThat(admin().status().implementation()).isEqualTo("ets");
    assertThat(admin().agents()).containsExactlyInAnyOrderElementsOf(agents);
  }

  @Test // R8.1, R8.2, R8.6
  void eachBundleHasItsOwnFace() {
    fill();
    Bundle stranger = owners.newBundle();
    AgentRegistry registry = felix.service(AgentRegistry.class, stranger.getBundleContext());
    assertThatThrownBy(() -> registry.unregister("a1"))
        .isInstanceOf(NotOwnerException.class)
        .hasMessageContaining(stranger.getSymbolicName());
    assertThat(admin().unregister("a1")).isTrue();
  }

  @Test // R13.6
  void limitsAreConfigured() {
    AgentRegistry registry = felix.service(AgentRegistry.class, context);
    felix.configure(Map.of("query.max.depth", "1", "id.max.length", "none"));
    Eventually.passes(
        "the limit is in force",
        () ->
            assertThatThrownBy(() -> registry.parseQuery("(!(a=1))"))
                .hasMessageContaining("at most 1 levels"));
    assertThat(registry.count()).isZero();
  }

  @Test // R9.1, R10.3, R10.13
  void servicesBecomeAgentsAndListenersAreTold() {
    Bundle owner = owners.newBundle();
    owners.newService(owner, Map.of(AgentRegistry.AGENT_ID, "a", "agent.kind", "x"));
    owners.newService(owner, Map.of(AgentRegistry.AGENT_ID, "b", "agent.kind", "y"));
    RecordingListener listener = new RecordingListener();
    ServiceRegistration<RegistryListener> registration =
        context.registerService(
            RegistryListener.class,
            listener,
            FrameworkUtil.asDictionary(Map.of(RegistryListener.FILTER, "(kind=")));
    registration.setProperties(
        FrameworkUtil.asDictionary(Map.of(RegistryListener.FILTER, "(kind=x)")));
    listener.awaitPresent();
    assertThat(listener.presentations().get(0)).extracting(Agent::id).containsExactly("a");
    owners.stop(owner);
    assertThat(listener.awaitEvents(1)).extracting(e -> e.agent().id()).containsExactly("a");
    assertThat(admin().count()).isZero();
    registration.unregister();
    assertThat(admin().status().listeners()).isZero();
  }

  @Test // R10.15
  void eventsGoToEventAdminIfItIsThere() {
    List<Event> events = new CopyOnWriteArrayList<>();
    context.registerService(EventAdmin.class, eventAdmin(events), null);
    Eventually.holds("EventAdmin listens", () -> admin().status().listeners() == 1);
    Eventually.passes(
        "an event",
        () -> {
          admin().registerOrReplace("a", owners.newService(owners.newBundle()), Map.of("n", 1));
          assertThat(events).isNotEmpty();
        });
    admin().unregister("a");
    Eventually.passes(
        "the last event",
        () -> {
          Event last = events.get(events.size() - 1);
          assertThat(last.getTopic()).isEqualTo("io/agents/registry/Agent/UNREGISTERED");
          assertThat(last.getProperty("agent.id")).isEqualTo("a");
          assertThat(last.getProperty("reason")).isEqualTo("ASKED");
          assertThat(last.getProperty("bundle.id")).isInstanceOf(Long.class);
          assertThat(last.getProperty("timestamp")).isInstanceOf(Long.class);
        });
  }

  private static EventAdmin eventAdmin(List<Event> events) {
    return new EventAdmin() {
      @Override
      public void postEvent(Event event) {
        throw new AssertionError("what is posted waits in a queue without a bound");
      }

      @Override
      public void sendEvent(Event event) {
        events.add(event);
      }
    };
  }

  @Test // R18.8
  void aStoppedCoreLeavesNothingRunning() throws BundleException {
    provide(ets, "ets");
    fill();
    RecordingListener listener = new RecordingListener();
    context.registerService(RegistryListener.class, listener, null);
    listener.awaitPresent();
    felix.core().stop();
    assertThat(ets.isEmpty()).isTrue();
    assertThat(ets.hasHandler()).isFalse();
    assertThat(context.getServiceReference(AgentRegistry.class)).isNull();
    Eventually.holds(
        "the threads end",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("registry-listener-")));
  }
}
