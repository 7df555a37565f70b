package io.agents.registry.flags.openfeature.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagContext;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenFeature, asked by the flags: F2.6, F2.9. */
class OpenFeatureFlagsTest {

  private static final FlagContext HERE = FlagContext.ofNode("node-1");

  private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

  @AfterEach
  void close() {
    api.shutdown();
  }

  private Optional<Boolean> ask(String domain, String flag) {
    return new OpenFeatureFlags(api, domain).isEnabled(flag, HERE);
  }

  private static InMemoryProvider provider() {
    Flag<Boolean> flag =
        Flag.<Boolean>builder()
            .variant("on", true)
            .variant("off", false)
            .defaultVariant("off")
            .contextEvaluator(
                (it, context) ->
                    "node-1".equals(context.getTargetingKey())
                        && "node-1".equals(context.getValue("node").asString()))
            .build();
    return new InMemoryProvider(Map.of("known", flag));
  }

  @Test
  void theProviderOfTheDomainAnswersForTheNode() {
    api.setProviderAndWait("mine", provider());
    assertThat(ask("mine", "known")).contains(true);
    assertThat(ask("mine", "unknown")).as("an error").isEmpty();
    assertThat(ask("", "known")).as("no default provider").isEmpty();
    api.setProviderAndWait(provider());
    assertThat(ask("", "known")).contains(true);
  }

  @Test
  void theFlagsAreNotAskedAboutThemselves() {
    api.setProviderAndWait(new FlagsProvider(mock(FeatureFlags.class)));
    assertThat(ask("", "known")).isEmpty();
  }
}
