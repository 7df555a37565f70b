package io.agents.benchmarks;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.Map;

/**
 * The OpenFeature SDK with the provider that comes with it, which has no shares: it takes the
 * cheapest that there is, the hash code of the targeting key.
 */
final class OpenFeatureSubject implements FlagSubject {

  private static final String ON = "on";
  private static final String SHARE = "share";

  private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
  private final Client client;

  OpenFeatureSubject() {
    Flag<Boolean> on = Flag.<Boolean>builder().variant("it", true).defaultVariant("it").build();
    Flag<Boolean> share =
        Flag.<Boolean>builder()
            .variant("it", false)
            .defaultVariant("it")
            .contextEvaluator((flag, context) -> isAmongTheFirst(context))
            .build();
    api.setProviderAndWait(new InMemoryProvider(Map.of(ON, on, SHARE, share)));
    client = api.getClient();
  }

  private static boolean isAmongTheFirst(EvaluationContext context) {
    return Math.floorMod(context.getTargetingKey().hashCode(), 100) < 25;
  }

  @Override
  public boolean isOn(String user) {
    return client.getBooleanValue(ON, false, new ImmutableContext(user));
  }

  @Override
  public boolean isOnForShare(String user) {
    return client.getBooleanValue(SHARE, false, new ImmutableContext(user));
  }

  @Override
  public void close() {
    api.shutdown();
  }
}
