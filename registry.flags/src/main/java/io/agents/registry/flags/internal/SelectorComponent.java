package io.agents.registry.flags.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Brings the news to the {@link Selector}, and tells how things stand. */
@Component(
    service = {BackendSelection.class, SelectorComponent.class},
    immediate = true)
public final class SelectorComponent implements BackendSelection {

  private static final String REGISTRY_COMPONENT = "(component.name=" + REGISTRY_PID + ")";

  private final BundleContext context;
  private final StageComponent stages;
  private final Backends backends = new Backends();
  private final AtomicReference<RegistryAdmin> registry = new AtomicReference<>();
  private final Signal news = new Signal();
  private final Selector selector;
  private final SelectionView view;
  private final FrameworkListener frameworkListener = this::frameworkEvent;
  private final AllServiceListener registryListener = this::registryChanged;

  /** Set by {@link #start}, which runs before every method that reads it. */
  private Runnable unfollow;

  /** Set by {@link #start}, which runs before every method that reads it. */
  private ServiceRegistration<?> configurationListener;

  /**
   * Makes the component, which does nothing yet: the backends are bound after this, one by one.
   *
   * @param context the context of this bundle
   * @param admin where the registry's configuration is written
   * @param stages what it follows from
   */
  @Activate
  public SelectorComponent(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference StageComponent stages) {
    this.context = context;
    this.stages = stages;
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
    PidConfiguration configuration = new PidConfiguration(admin, REGISTRY_PID);
    this.selector =
        new Selector(
            stages::plan,
            configuration,
            backends,
            registry::get,
            new LostUpdate(this::told, this::exchanging, System::nanoTime),
            () -> Phase.of(system));
    this.view = new SelectionView(selector, configuration, backends, registry::get, news);
  }

  /**
   * Begins, with all backends bound that are there: with some of them missing it would point at the
   * wrong one.
   */
  @Activate
  void start() {
    // All before the first decision, or what changes between the two would be missed.
    unfollow = stages.onChange(selector::ask);
    configurationListener =
        context.registerService(
            ConfigurationListener.class,
            event -> {
              if (REGISTRY_PID.equals(event.getPid()) && !isStillInForce(event)) {
                selector.ask();
              }
            },
            null);
    followRegistry();
    context.addFrameworkListener(frameworkListener);
    selector.open();
  }

  @Deactivate
  void stop() {
    unfollow.run();
    configurationListener.unregister();
    context.removeFrameworkListener(frameworkListener);
    context.removeServiceListener(registryListener);
    selector.close();
    news.give();
  }

  /**
   * Whether a configuration that was deleted is still in force in the registry. A new one must not
   * be made before the registry was told of the deletion: its count of changes begins anew, and
   * Declarative Services take what has a lower count than they know for outdated.
   */
  private boolean isStillInForce(ConfigurationEvent event) {
    return event.getType() == ConfigurationEvent.CM_DELETED
        && registryComponent().filter(it -> it.getProperty(TARGET) != null).isPresent();
  }

  /** What the registry was told last; empty text if it was told of no target filter. */
  private Optional<Object> told() {
    return registryComponent()
        .map(component -> Objects.requireNonNullElse(RegistryKeys.all(component::getProperty), ""));
  }

  /** Writes what the stage asks for on this very thread, whatever decisions are under way. */
  void pointNow() throws IOException {
    selector.pointNow();
  }

  /**
   * Has the registry go over to what the stage asks for at once, if that is its mirror; else it
   * will when it is told of its configuration.
   */
  void exchangeNow() {
    RegistryAdmin present = registry.get();
    if (present != null) {
      present.exchangeWithMirror(stages.plan().serving());
    }
  }

  /** Writes what stands there again, which has the registry try an exchange again. */
  void again() throws IOException {
    selector.again();
  }

  /** Has a decision made, and waits for it. */
  void decideWithin(Duration time) throws InterruptedException {
    selector.decideWithin(time.toNanos());
  }

  /** The implementations that are there, sorted. */
  Set<String> available() {
    return backends.names();
  }

  /** The registry, if it is there. */
  Optional<RegistryAdmin> registry() {
    return Optional.ofNullable(registry.get());
  }

  /** The exchange of backends is a part of telling the registry. */
  private boolean exchanging() {
    RegistryAdmin present = registry.get();
    return present != null && present.status().swapUnderWay();
  }

  private Optional<ServiceReference<?>> registryComponent() {
    try {
      ServiceReference<?>[] found = context.getAllServiceReferences(null, REGISTRY_COMPONENT);
      return found == null ? Optional.empty() : Optional.of(found[0]);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a constant filter does not parse", e);
    }
  }

  /** The registry's component tells of a changed configuration once it is in force. */
  private void followRegistry() {
    try {
      context.addServiceListener(registryListener, REGISTRY_COMPONENT);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a constant filter does not parse", e);
    }
  }

  private void registryChanged(ServiceEvent event) {
    if (event.getType() != ServiceEvent.UNREGISTERING) {
      selector.ask();
    }
  }

  private void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      selector.ask();
    }
  }

  // By reference alone: a backend is not fetched to know that it is there.

  @Reference(
      name = "backend",
      service = RegistryBackend.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      updated = "backendChanged",
      unbind = "backendWent")
  void backendCame(ServiceReference<RegistryBackend> backend) {
    backends.put(backend);
    selector.ask();
  }

  void backendChanged(ServiceReference<RegistryBackend> backend) {
    backendCame(backend);
  }

  void backendWent(ServiceReference<RegistryBackend> backend) {
    backends.remove(backend);
    selector.ask();
    news.give();
  }

  @Reference(
      name = "registry",
      service = RegistryAdmin.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      unbind = "registryWent")
  void registryCame(RegistryAdmin admin) {
    registry.set(admin);
    news.give();
  }

  void registryWent(RegistryAdmin admin) {
    // Another one may have taken its place already.
    registry.compareAndSet(admin, null);
    news.give();
  }

  @Override
  public SelectionStatus status() {
    return view.status();
  }

  @Override
  public SelectionStatus awaitSettled(Duration timeout) throws InterruptedException {
    if (timeout == null) {
      throw new IllegalArgumentException("a timeout is needed, not null");
    }
    return view.awaitSettled(timeout);
  }
}
