package io.agents.registry.flags.openfeature.internal;

import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvent;
import io.agents.registry.flags.ExternalFlags;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the flags a provider of OpenFeature, and OpenFeature a source of the registry's flag. */
@Component(
    service = FlagListener.class,
    configurationPid = OpenFeatureComponent.PID,
    immediate = true)
@Designate(ocd = OpenFeatureConfiguration.class)
public final class OpenFeatureComponent implements FlagListener {

  /*
   * Two directions, which meet in one place: if OpenFeature's provider is the flags themselves, they are not asked for the
   * registry's flag (OpenFeatureFlags), and their events do not make anybody ask. Otherwise a change of the flags would tell
   * OpenFeature, which would tell the flags.
   */

  static final String PID = "io.agents.registry.flags.openfeature";

  /** The domain in which the flags are always the provider. */
  static final String DOMAIN = "io.agents.registry";

  private static final Logger LOG = LoggerFactory.getLogger(OpenFeatureComponent.class);

  private static final List<ProviderEvent> NEWS =
      List.of(ProviderEvent.PROVIDER_READY, ProviderEvent.PROVIDER_CONFIGURATION_CHANGED);

  private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();
  private final FlagsProvider provider;
  private final AtomicLong generation = new AtomicLong();
  private final ServiceRegistration<ExternalFlags> external;

  /** One object, so that the handler that was added is the one that is removed. */
  private final Consumer<EventDetails> handler = this::changedElsewhere;

  /**
   * Activates the component. A changed configuration makes a new one: OpenFeature has no state here
   * that would be lost.
   *
   * @param context the context of this bundle
   * @param flags the flags
   * @param configuration the configuration
   */
  @Activate
  public OpenFeatureComponent(
      BundleContext context,
      @Reference FeatureFlags flags,
      OpenFeatureConfiguration configuration) {
    provider = new FlagsProvider(flags);
    api.setProvider(DOMAIN, provider);
    boolean isDefault =
        configuration.default_provider() && api.getProvider() instanceof NoOpProvider;
    if (isDefault) {
      api.setProvider(provider);
    }
    external =
        context.registerService(
            ExternalFlags.class,
            new OpenFeatureFlags(api, configuration.domain().strip()),
            FrameworkUtil.asDictionary(properties()));
    NEWS.forEach(event -> api.on(event, handler));
    LOG.info(
        "The flags are OpenFeature's provider of the domain {}{}",
        DOMAIN,
        isDefault ? ", and the default one" : "");
  }

  @Deactivate
  void deactivate() {
    NEWS.forEach(event -> api.removeHandler(event, handler));
    external.unregister();
    // Only where it is still ours: somebody may have set another one.
    if (api.getProvider(DOMAIN) == provider) {
      api.setProvider(DOMAIN, new NoOpProvider());
    }
    if (api.getProvider() == provider) {
      api.setProvider(new NoOpProvider());
    }
  }

  @Override
  public void flagsChanged() {
    provider.changed();
  }

  private void changedElsewhere(EventDetails details) {
    if (FlagsProvider.NAME.equals(details.getProviderName())) {
      return;
    }
    try {
      external.setProperties(FrameworkUtil.asDictionary(properties()));
    } catch (IllegalStateException e) {
      LOG.debug("The flags are going", e);
    }
  }

  private Map<String, Object> properties() {
    return Map.of(
        ExternalFlags.NAME,
        OpenFeatureFlags.NAME,
        ExternalFlags.GENERATION,
        generation.incrementAndGet());
  }
}
