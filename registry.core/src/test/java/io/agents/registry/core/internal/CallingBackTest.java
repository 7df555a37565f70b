package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.RecordingListener;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Work;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Whoever the registry calls, or calls while the registry is at work, may call the registry from
 * another thread and wait for it (R10.9): a listener, a service tracker, a service factory, and the
 * framework itself when it is asked about an owner. So no lock of the registry is held then.
 */
class CallingBackTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Scene scene = Scene.onLegacy();
  private final ExecutorService others = Executors.newCachedThreadPool(CallingBackTest::daemon);
  private final AtomicInteger calledBack = new AtomicInteger();

  /** What is called back is not called back itself. */
  private final AtomicBoolean callingBack = new AtomicBoolean();

  private Agent held;

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "calling back");
    thread.setDaemon(true);
    return thread;
  }

  @BeforeEach
  void holder() {
    Bundle owner = asking(Bundle.class, scene.owners.newBundle(), Set.of("getBundleId"));
    ServiceReference<?> service =
        asking(ServiceReference.class, scene.owners.newService(owner), Set.of("getProperty"));
    scene.core.registryFor(owner).register("held", service, Map.of());
    held = scene.agent("held");
    calledBack.set(0);
  }

  @AfterEach
  void close() {
    others.shutdownNow();
    scene.close();
  }

  /** Uses the registry on another thread, the ids that are in work too, and waits. */
  private void callBack(AgentRegistry registry, String id) {
    if (!callingBack.compareAndSet(false, true)) {
      return;
    }
    try {
      others.submit(() -> use(registry, id)).get(LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
      calledBack.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new AssertionError("a call back failed", e);
    } finally {
      callingBack.set(false);
    }
  }

  private void use(AgentRegistry registry, String id) {
    try {
      scene.core.adminFor(scene.bundle).updateMetadata(id, Map.of("called", "back"));
    } catch (AgentNotFoundException | OwnerGoneException e) {
      assertThat(e.getMessage()).contains(id);
    }
    Registration own = registry.register("back-" + id, scene.service, Map.of());
    own.update(Map.of("n", 1));
    assertThat(registry.lookup("back-" + id)).isPresent();
    own.close();
  }

  private void within(String what, Work work) throws Exception {
    Deadline.within(LIMIT, what, work);
    assertThat(calledBack).as("calls back during: " + what).hasPositiveValue();
  }

  /** The same object, but it calls back, from another thread, before it answers. */
  private <T> T asking(Class<T> type, T asked, Set<String> answeredAtOnce) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("equals")) {
                return proxy == arguments[0];
              }
              if (method.getDeclaringClass() != Object.class
                  && !answeredAtOnce.contains(method.getName())) {
                callBack(scene.registry, "held");
              }
              try {
                return method.invoke(asked, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test // R1.4
  void theFrameworkMayWhenARegistrationAsksForTheHolder() throws Exception {
    within(
        "a registration of an id that is in use",
        () ->
            assertThatThrownBy(() -> scene.register("held"))
                .isInstanceOf(AgentAlreadyRegisteredException.class));
  }

  @Test // R8.2
  void theFrameworkMayWhenAReplacementAsksForTheHolder() throws Exception {
    AgentRegistry stranger = scene.core.registryFor(scene.owners.newBundle());
    within(
        "a replacement by a stranger",
        () ->
            assertThatThrownBy(() -> stranger.registerOrReplace("held", scene.service, Map.of()))
                .isInstanceOf(NotOwnerException.class));
  }

  @Test // R1.9
  void theFrameworkMayWhenManyRegistrationsAskForTheHolder() throws Exception {
    within(
        "registrations of ids one of which is in use",
        () ->
            assertThatThrownBy(
                    () ->
                        scene.registry.registerAll(
                            List.of(
                                new RegistrationRequest("free", scene.service, Map.of()),
                                new RegistrationRequest("held", scene.service, Map.of()))))
                .isInstanceOf(AgentAlreadyRegisteredException.class));
    assertThat(scene.agent("free")).isNull();
  }

  @Test // R3.9
  void theFrameworkMayWhenAnUpdateAsksForTheOwner() throws Exception {
    long revision = scene.agent("held").revision();
    within(
        "an update",
        () -> scene.core.adminFor(scene.bundle).updateMetadata("held", Map.of("step", 2)));
    assertThat(scene.agent("held").revision()).isEqualTo(revision + 2);
    assertThat(scene.agent("held").metadata()).containsEntry("step", 2);
  }

  @Test // R8.2
  void theFrameworkMayWhenAStrangerIsRefused() throws Exception {
    AgentRegistry stranger = scene.core.registryFor(scene.owners.newBundle());
    within(
        "a removal by a stranger",
        () ->
            assertThatThrownBy(() -> stranger.unregister("held"))
                .isInstanceOf(NotOwnerException.class));
    within(
        "an update by a stranger",
        () ->
            assertThatThrownBy(() -> stranger.updateMetadata("held", Map.of()))
                .isInstanceOf(NotOwnerException.class));
    assertThat(scene.agent("held").registration()).isEqualTo(held.registration());
  }

  @Test // R13
  void theFrameworkMayWhenAQuotaIsUsedUp() throws Exception {
    Settings all = Settings.DEFAULT;
    scene.core.settings(
        new Settings(
            all.maxIdLength(),
            all.metadata(),
            all.query(),
            all.listenerQueueSize(),
            all.swapsKept(),
            2,
            1));
    AgentRegistry owner = scene.core.registryFor(held.owner());
    within(
        "a registration over the quota",
        () ->
            assertThatThrownBy(() -> owner.register("more", held.service(), Map.of()))
                .isInstanceOf(QuotaExceededException.class));
  }

  @Test // R10.9
  void aListenerMay() throws Exception {
    RecordingListener listener =
        new RecordingListener(
            event -> {
              if (event.agent().id().startsWith("a")) {
                callBack(scene.registry, event.agent().id());
              }
            });
    scene.core.listeners().add(listener, "a test", listener, null);
    listener.awaitPresent();
    within(
        "writes and swaps with a listener that calls back",
        () -> {
          for (int i = 0; i < 10; i++) {
            Registration registration = scene.registry.register("a" + i, scene.service, Map.of());
            scene.toEts();
            registration.update(Map.of("n", i));
            scene.toLegacy();
            registration.close();
          }
          scene.register("last");
          awaitTold(listener, "last");
        });
  }

  private static void awaitTold(RecordingListener listener, String id) {
    Eventually.holds(
        "the listener is told of " + id,
        () ->
            listener.events().stream()
                .map(RegistryEvent::agent)
                .map(Agent::id)
                .anyMatch(id::equals));
  }

  @Test // R9.1, R10.9
  void aServiceTrackerAndAServiceFactoryMay() throws Exception {
    try (FelixFixture felix = new FelixFixture()) {
      Bundle bundle = felix.newBundle();
      AgentRegistry registry = scene.core.registryFor(bundle);
      Whiteboard whiteboard = new Whiteboard(felix.context(), scene.core, null);
      whiteboard.open();
      ServiceTracker<Object, Object> tracker = tracker(felix.context(), registry);
      tracker.open(true);
      AtomicInteger factoryCalls = new AtomicInteger();
      within(
          "services that come, change, are used and go",
          () -> {
            for (int i = 0; i < 10; i++) {
              comeAndGo(bundle, "a" + i, factory(registry, "a" + i, factoryCalls));
            }
          });
      assertThat(factoryCalls).as("getService and ungetService, by the tracker").hasValue(20);
      assertThat(calledBack.get()).isGreaterThanOrEqualTo(50);
      tracker.close();
      whiteboard.close();
      felix.reset();
    }
    assertThat(scene.registry.agents()).extracting(Agent::id).containsExactly("held");
  }

  private void comeAndGo(Bundle bundle, String id, ServiceFactory<Runnable> factory) {
    ServiceRegistration<Runnable> service =
        bundle
            .getBundleContext()
            .registerService(
                Runnable.class,
                factory,
                FrameworkUtil.asDictionary(Map.of(AgentRegistry.AGENT_ID, id, "agent.n", 1)));
    assertThat(scene.agent(id)).as(id).isNotNull();
    scene.toEts();
    service.setProperties(
        FrameworkUtil.asDictionary(Map.of(AgentRegistry.AGENT_ID, id, "agent.n", 2)));
    scene.toLegacy();
    service.unregister();
    assertThat(scene.agent(id)).as(id).isNull();
  }

  private ServiceFactory<Runnable> factory(AgentRegistry registry, String id, AtomicInteger calls) {
    return new ServiceFactory<>() {
      @Override
      public Runnable getService(Bundle user, ServiceRegistration<Runnable> registration) {
        calls.incrementAndGet();
        callBack(registry, id);
        return () -> {};
      }

      @Override
      public void ungetService(
          Bundle user, ServiceRegistration<Runnable> registration, Runnable service) {
        calls.incrementAndGet();
        callBack(registry, id);
      }
    };
  }

  /** Gets each service when it comes. */
  private ServiceTracker<Object, Object> tracker(BundleContext context, AgentRegistry registry) {
    return new ServiceTracker<>(
        context,
        Runnable.class.getName(),
        new ServiceTrackerCustomizer<>() {
          @Override
          public Object addingService(ServiceReference<Object> reference) {
            callBack(registry, id(reference));
            return context.getService(reference);
          }

          @Override
          public void modifiedService(ServiceReference<Object> reference, Object service) {
            callBack(registry, id(reference));
          }

          @Override
          public void removedService(ServiceReference<Object> reference, Object service) {
            callBack(registry, id(reference));
            context.ungetService(reference);
          }
        });
  }

  private static String id(ServiceReference<?> reference) {
    return String.valueOf(reference.getProperty(AgentRegistry.AGENT_ID));
  }
}
