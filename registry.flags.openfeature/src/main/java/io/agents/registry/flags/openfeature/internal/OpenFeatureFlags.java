package io.agents.registry.flags.openfeature.internal;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.agents.registry.flags.ExternalFlags;
import io.agents.registry.flags.FlagContext;
import java.util.Map;
import java.util.Optional;

/** Whatever provider OpenFeature has, for the registry's flag. */
final class OpenFeatureFlags implements ExternalFlags {

  /** What {@code flag.source} calls it. */
  static final String NAME = "openfeature";

  private final OpenFeatureAPI api;
  private final String domain;

  /**
   * Makes it.
   *
   * @param domain whose provider is asked; empty for the default one
   */
  OpenFeatureFlags(OpenFeatureAPI api, String domain) {
    this.api = api;
    this.domain = domain;
  }

  @Override
  public Optional<Boolean> isEnabled(String flag, FlagContext context) {
    FeatureProvider provider = domain.isEmpty() ? api.getProvider() : api.getProvider(domain);
    // The flags are no source of themselves.
    if (provider instanceof FlagsProvider || provider instanceof NoOpProvider) {
      return Optional.empty();
    }
    EvaluationContext who =
        new ImmutableContext(context.id(), Map.of("node", new Value(context.node())));
    FlagEvaluationDetails<Boolean> details =
        (domain.isEmpty() ? api.getClient() : api.getClient(domain))
            .getBooleanDetails(flag, false, who);
    return details.getErrorCode() == null
        ? Optional.ofNullable(details.getValue())
        : Optional.empty();
  }
}
