package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.RecordingListener;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;

/**
 * What Declarative Services tell the registry, and what it does about it: R11.7 to R12.4, R13.6.
 */
class CoreComponentTest {

  private static final Map<String, Object> LEGACY =
      Map.of(RegistryBackend.IMPLEMENTATION, "legacy");
  private static final Map<String, Object> ETS = Map.of(RegistryBackend.IMPLEMENTATION, "ets");

  private final BundleContext context = mock(BundleContext.class);
  private final Bundle system = mock(Bundle.class);
  private final CoreComponent component =
      new CoreComponent(context, Map.of("backend.target", "(a=b)", "id.max.length", 5));
  private final WhiteboardComponent whiteboard = mock(WhiteboardComponent.class);
  private final TestBackend legacy = TestBackend.plain();
  private final TestBackend ets = TestBackend.plain();
  private final FakeOwners owners = new FakeOwners();
  private final Bundle bundle = owners.newBundle();
  private AgentRegistry registry;
  private RegistryAdmin admin;

  @BeforeEach
  void open() {
    when(whiteboard.core()).thenReturn(component.core());
    when(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)).thenReturn(system);
    when(system.getState()).thenReturn(Bundle.STOPPING);
    registry = new AgentRegistryComponent(usedBy(bundle), whiteboard);
    admin = new RegistryAdminComponent(usedBy(owners.newBundle()), whiteboard);
  }

  @AfterEach
  void close() {
    component.deactivate();
  }

  private static ComponentContext usedBy(Bundle bundle) {
    ComponentContext context = mock(ComponentContext.class);
    when(context.getUsingBundle()).thenReturn(bundle);
    return context;
  }

  private void bind(RegistryBackend backend, Map<String, Object> properties) {
    component.bindBackends(backend, properties);
    component.bindBackend(backend, properties);
  }

  @Test
  void itBeginsAsItIsConfigured() {
    assertThat(admin.status().targetFilter()).isEqualTo("(a=b)");
    assertThat(component.core().settings().maxIdLength()).isEqualTo(5);
    component.modified(Map.of("backend.target", "(c=d)"));
    assertThat(admin.status().targetFilter()).isEqualTo("(c=d)");
    assertThat(component.core().settings().maxIdLength()).isEqualTo(256);
  }

  @Test
  void theBackendThatIsBoundServes() {
    registry.register("a", owners.newService(bundle), Map.of());
    assertThat(admin.status().implementation()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    bind(legacy, LEGACY);
    assertThat(admin.status().implementation()).isEqualTo("legacy");
    assertThat(admin.status().available()).containsExactly("legacy");
    bind(ets, ETS);
    component.unbindBackend(legacy);
    assertThat(admin.status().implementation()).isEqualTo("ets");
    assertThat(admin.status().available()).containsExactly("ets", "legacy");
    assertThat(legacy.isEmpty()).isTrue();
    assertThat(ets.isEmpty()).isFalse();
    component.unbindBackends(ets);
    component.unbindBackend(ets);
    assertThat(admin.status().available()).containsExactly("legacy");
    assertThat(admin.status().implementation()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(registry.lookup("a")).isPresent();
  }

  @Test
  void aBackendWithoutANameIsCalledUnnamed() {
    bind(legacy, Map.of());
    assertThat(admin.status().implementation()).isEqualTo("unnamed");
    component.unbindBackends(legacy);
    component.unbindBackend(legacy);
    bind(ets, Map.of(RegistryBackend.IMPLEMENTATION, 7));
    assertThat(admin.status().implementation()).isEqualTo("7");
  }

  @Test
  void whoUsesTheServiceIsTheCaller() {
    ServiceReference<?> service = owners.newService(bundle);
    registry.register("a", service, Map.of());
    AgentRegistry ofAnother = new AgentRegistryComponent(usedBy(owners.newBundle()), whiteboard);
    assertThatThrownBy(() -> ofAnother.unregister("a")).isInstanceOf(NotOwnerException.class);
    assertThat(admin.unregister("a")).as("by the administrator").isTrue();
  }

  @Test
  void afterItsEndEverythingIsRefused() {
    bind(ets, ETS);
    registry.register("a", owners.newService(bundle), Map.of());
    component.deactivate();
    assertThatThrownBy(() -> registry.lookup("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the agent registry has been stopped");
    assertThat(ets.isEmpty()).isTrue();
    assertThat(ets.hasHandler()).isFalse();
    assertThatThrownBy(() -> registry.register("b", owners.newService(bundle), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the agent registry has been stopped");
  }

  @Test
  void listenersComeChangeTheirFilterAndGo() {
    ListenersComponent listeners = new ListenersComponent(whiteboard);
    @SuppressWarnings("unchecked")
    ServiceReference<RegistryListener> reference = mock(ServiceReference.class);
    when(reference.getProperty(RegistryListener.FILTER)).thenReturn("(kind=x)");
    RecordingListener listener = new RecordingListener();
    listeners.bindListener(listener, reference);
    listener.awaitPresent();
    assertThat(admin.status().listeners()).isEqualTo(1);
    registry.register("y", owners.newService(bundle), Map.of("kind", "y"));
    registry.register("x", owners.newService(bundle), Map.of("kind", "x"));
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.agent().id())
        .containsExactly("x");
    when(reference.getProperty(RegistryListener.FILTER)).thenReturn(null);
    listeners.updatedListener(reference);
    Eventually.holds("told anew what is there", () -> listener.presentations().size() == 2);
    registry.unregister("y");
    assertThat(listener.awaitEvents(2).get(1).agent().id()).isEqualTo("y");
    listeners.unbindListener(reference);
    assertThat(admin.status().listeners()).isZero();
  }
}
