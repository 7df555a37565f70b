package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.spi.RegistryBackend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/** F1.11, F1.12: which news make the selector decide anew; each of them is the only one here. */
class SelectorComponentTest {

  private static final String PID = BackendSelection.REGISTRY_PID;
  private static final String REGISTRY = "(component.name=" + PID + ")";
  private static final String LEGACY = "(registry.implementation=legacy)";
  private static final String ETS = "(registry.implementation=ets)";

  private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(System.nanoTime());
  private final AtomicBoolean flag = new AtomicBoolean();
  private final AtomicReference<Runnable> flagChanged = new AtomicReference<>();
  private final Runnable unfollow = mock(Runnable.class);
  private final Bundle system = mock(Bundle.class);
  private final BundleContext context = mock(BundleContext.class);
  private final ServiceRegistration<?> registration = mock(ServiceRegistration.class);
  private final ServiceReference<RegistryBackend> legacy = backend("legacy");
  private final ServiceReference<RegistryBackend> ets = backend("ets");
  private SelectorComponent component;
  private ConfigurationListener configurationListener;
  private FrameworkListener frameworkListener;
  private ServiceListener serviceListener;

  @BeforeEach
  void start() throws Exception {
    when(system.getState()).thenReturn(Bundle.ACTIVE);
    when(context.getBundle(Constants.SYSTEM_BUNDLE_ID)).thenReturn(system);
    when(context.registerService(
            eq(ConfigurationListener.class), any(ConfigurationListener.class), isNull()))
        .thenAnswer(call -> registration);
    StageComponent stages = mock(StageComponent.class);
    when(stages.plan()).thenAnswer(call -> new Plan(flag.get() ? "ets" : "legacy", "", 0, true));
    when(stages.onChange(any()))
        .thenAnswer(
            call -> {
              flagChanged.set(call.getArgument(0));
              return unfollow;
            });
    component = new SelectorComponent(context, admin, stages);
    component.backendCame(legacy);
    component.backendCame(ets);
    assertThat(admin.writes()).as("writes before it starts").isEmpty();
    component.start();
    ArgumentCaptor<ConfigurationListener> configured =
        ArgumentCaptor.forClass(ConfigurationListener.class);
    verify(context)
        .registerService(eq(ConfigurationListener.class), configured.capture(), isNull());
    configurationListener = configured.getValue();
    ArgumentCaptor<FrameworkListener> started = ArgumentCaptor.forClass(FrameworkListener.class);
    verify(context).addFrameworkListener(started.capture());
    frameworkListener = started.getValue();
    ArgumentCaptor<ServiceListener> changed = ArgumentCaptor.forClass(ServiceListener.class);
    verify(context).addServiceListener(changed.capture(), eq(REGISTRY));
    serviceListener = changed.getValue();
    awaitTarget(LEGACY);
  }

  @AfterEach
  void stop() {
    component.stop();
    admin.close();
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<RegistryBackend> backend(String name) {
    ServiceReference<RegistryBackend> reference = mock(ServiceReference.class);
    when(reference.getProperty(RegistryBackend.IMPLEMENTATION)).thenReturn(name);
    return reference;
  }

  private void registryIsTold(Object target) throws Exception {
    ServiceReference<?> reference = mock(ServiceReference.class);
    when(reference.getProperty(BackendSelection.TARGET)).thenReturn(target);
    when(context.getAllServiceReferences(null, REGISTRY))
        .thenReturn(new ServiceReference<?>[] {reference});
  }

  private static ConfigurationEvent event(int type, String pid) {
    return new ConfigurationEvent(mock(), type, null, pid);
  }

  private Object target() {
    Map<String, Object> values = admin.values(PID);
    return values == null ? null : values.get(BackendSelection.TARGET);
  }

  private void awaitTarget(String wanted) {
    await("the target filter " + wanted).until(this::target, wanted::equals);
  }

  /** Returns when a decision was made: without a registry there is nothing else to wait for. */
  private void decide() throws InterruptedException {
    component.awaitSettled(Duration.ofSeconds(20));
  }

  @Test
  void aFlagThatChangesIsFollowed() {
    flag.set(true);
    flagChanged.get().run();
    awaitTarget(ETS);
  }

  @Test
  void aChangeOfTheRegistrysConfigurationIsFollowed() throws Exception {
    admin.put(PID, Map.of(BackendSelection.TARGET, ETS));
    configurationListener.configurationEvent(event(ConfigurationEvent.CM_UPDATED, PID));
    awaitTarget(LEGACY);
  }

  @Test
  void aConfigurationThatIsDeletedIsMadeAnewWhenTheRegistryWasTold() throws Exception {
    registryIsTold(LEGACY);
    admin.delete(PID);
    configurationListener.configurationEvent(event(ConfigurationEvent.CM_DELETED, PID));
    await("silence before the registry was told")
        .during(Duration.ofMillis(100))
        .until(() -> target() == null);
    registryIsTold(null);
    serviceListener.serviceChanged(new ServiceEvent(ServiceEvent.MODIFIED, legacy));
    awaitTarget(LEGACY);
  }

  @Test
  void aConfigurationThatIsDeletedWithoutARegistryIsMadeAnew() throws Exception {
    admin.delete(PID);
    configurationListener.configurationEvent(event(ConfigurationEvent.CM_DELETED, PID));
    awaitTarget(LEGACY);
  }

  @Test
  void theEndOfTheStartOfTheFrameworkIsFollowed() throws Exception {
    when(system.getState()).thenReturn(Bundle.STARTING);
    component.backendWent(legacy);
    decide();
    assertThat(target()).as("the filter while the framework starts").isEqualTo(LEGACY);
    when(system.getState()).thenReturn(Bundle.ACTIVE);
    frameworkListener.frameworkEvent(new FrameworkEvent(FrameworkEvent.STARTED, system, null));
    awaitTarget(ETS);
  }

  @Test
  void backendsThatComeGoAndAreRenamedAreFollowed() {
    component.backendWent(legacy);
    awaitTarget(ETS);
    component.backendCame(legacy);
    awaitTarget(LEGACY);
    when(legacy.getProperty(RegistryBackend.IMPLEMENTATION)).thenReturn("other");
    component.backendChanged(legacy);
    awaitTarget(ETS);
    assertThat(component.status().available()).containsExactly("ets", "other");
  }

  @Test
  void theRegistryThatCameIsAsked() throws Exception {
    assertThat(component.status().awaited())
        .hasValueSatisfying(it -> assertThat(it).contains("io.agents.registry.core"));
    RegistryAdmin registry = registry("legacy");
    component.registryCame(registry);
    assertThat(component.status().active()).isEqualTo("legacy");
    assertThat(component.awaitSettled(Duration.ofSeconds(20)).settled()).isTrue();
    component.registryWent(mock(RegistryAdmin.class));
    assertThat(component.status().active()).as("after another one went").isEqualTo("legacy");
    component.registryWent(registry);
    assertThat(component.status().active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
  }

  @Test
  void whoWaitsDecidesFirst() throws Exception {
    component.registryCame(registry("ets"));
    flag.set(true);
    assertThat(component.awaitSettled(Duration.ofDays(1)).settled()).as("with ets").isTrue();
    assertThat(target()).isEqualTo(ETS);
  }

  private static RegistryAdmin registry(String implementation) {
    RegistryStatus status = mock(RegistryStatus.class);
    when(status.implementation()).thenReturn(implementation);
    RegistryAdmin registry = mock(RegistryAdmin.class);
    when(registry.swaps()).thenReturn(List.of());
    when(registry.status()).thenReturn(status);
    return registry;
  }

  @Test
  void withoutATimeoutThereIsNoWaiting() {
    assertThatThrownBy(() -> component.awaitSettled(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a timeout is needed, not null");
  }

  @Test
  void afterItsEndNothingIsFollowed() throws Exception {
    component.stop();
    verify(unfollow).run();
    verify(registration).unregister();
    verify(context).removeFrameworkListener(frameworkListener);
    verify(context).removeServiceListener(serviceListener);
    flag.set(true);
    component.backendWent(legacy);
    decide();
    assertThat(target()).isEqualTo(LEGACY);
  }
}
