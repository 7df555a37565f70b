package io.agents.registry.flags.openfeature.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.UnknownFlagException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The flags, read by OpenFeature: F2.8. */
class FlagsProviderTest {

  private final FeatureFlags flags = mock(FeatureFlags.class);
  private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
  private final FlagsProvider provider = new FlagsProvider(flags);
  private Client client;

  @BeforeEach
  void open() {
    when(flags.nodeName()).thenReturn("node-1");
    when(flags.state("missing")).thenThrow(new UnknownFlagException("missing", Set.of("router")));
    api.setProviderAndWait(provider);
    client = api.getClient();
  }

  @AfterEach
  void close() {
    api.shutdown();
  }

  private void define(String text, boolean configured) {
    FlagValue value = FlagValue.parse(text);
    FlagState state = new FlagState("router", "", FlagValue.OFF, value, configured, false);
    when(flags.state("router")).thenReturn(state);
    when(flags.list()).thenReturn(List.of(state));
    when(flags.isEnabled(any(), any(FlagContext.class)))
        .thenAnswer(
            call -> value.includes(call.<String>getArgument(0), call.<FlagContext>getArgument(1)));
  }

  private FlagEvaluationDetails<Boolean> ask(@Nullable EvaluationContext context) {
    return context == null
        ? client.getBooleanDetails("router", false)
        : client.getBooleanDetails("router", false, context);
  }

  @Test
  void theTargetingKeyIsTheIdAndTheAttributeNodeTheNode() {
    define("50% for edge-*", true);
    for (int i = 0; i < 100; i++) {
      FlagEvaluationDetails<Boolean> details =
          ask(new ImmutableContext("id-" + i, Map.of("node", new Value("edge-1"))));
      assertThat(details.getValue())
          .isEqualTo(FlagValue.percentage(50).includes("router", "id-" + i));
      assertThat(details.getVariant()).isEqualTo(details.getValue() ? "on" : "off");
      assertThat(details.getReason()).isEqualTo("SPLIT");
    }
    assertThat(ask(new ImmutableContext("id-1")).getValue()).as("on node-1").isFalse();
  }

  @Test
  void attributesAreThoseOfTheContext() {
    define("on where (&(user.region=eu)(since=2026*))", true);
    Structure user = Structure.mapToStructure(Map.of("region", "eu"));
    Value since = new Value(Instant.parse("2026-01-02T03:04:05Z"));
    Map<String, Value> attributes = Map.of("user", new Value(user), "since", since);
    FlagEvaluationDetails<Boolean> details = ask(new ImmutableContext("id", attributes));
    assertThat(details.getValue()).isTrue();
    assertThat(details.getReason()).isEqualTo("TARGETING_MATCH");
    assertThat(ask(new ImmutableContext("id")).getValue()).isFalse();
  }

  @Test
  void aPlainValueSaysWhereItComesFrom() {
    define("on", true);
    assertThat(ask(null).getReason()).isEqualTo("STATIC");
    define("on", false);
    assertThat(ask(null).getReason()).isEqualTo("DEFAULT");
    assertThat(ask(null).getValue()).isTrue();
  }

  @Test
  void whatIsNotThereOrOfAnotherTypeIsAnErrorWithTheCallersDefault() {
    define("on", true);
    FlagEvaluationDetails<Boolean> missing = client.getBooleanDetails("missing", true);
    assertThat(missing.getValue()).isTrue();
    assertThat(missing.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    FlagEvaluationDetails<String> text = client.getStringDetails("router", "mine");
    assertThat(text.getValue()).isEqualTo("mine");
    assertThat(text.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(client.getIntegerDetails("router", 1).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(client.getDoubleDetails("missing", 1.0).getErrorCode())
        .isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    assertThat(client.getObjectDetails("router", new Value()).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
  }

  @Test
  void aChangeIsAnEventOfTheProvider() {
    define("on", true);
    List<EventDetails> events = new CopyOnWriteArrayList<>();
    client.onProviderConfigurationChanged(events::add);
    provider.changed();
    await("the event").until(() -> events.size() == 1);
    assertThat(events.get(0).getFlagsChanged()).containsExactly("router");
    assertThat(events.get(0).getProviderName()).isEqualTo(FlagsProvider.NAME);
  }
}
