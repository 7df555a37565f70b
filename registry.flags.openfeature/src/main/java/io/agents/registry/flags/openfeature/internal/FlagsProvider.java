package io.agents.registry.flags.openfeature.internal;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.UnknownFlagException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The feature flags for code that speaks OpenFeature. The targeting key is the id, the attribute
 * {@code node} the node; without them, this node counts as either.
 */
final class FlagsProvider extends EventProvider {

  static final String NAME = "agent registry flags";

  private static final String NODE = "node";

  private final FeatureFlags flags;

  FlagsProvider(FeatureFlags flags) {
    this.flags = flags;
  }

  @Override
  public Metadata getMetadata() {
    return () -> NAME;
  }

  /** Tells those who listen that flags have changed. */
  void changed() {
    List<String> names = flags.list().stream().map(FlagState::name).toList();
    emitProviderConfigurationChanged(
        ProviderEventDetails.builder().flagsChanged(names).message("flags have changed").build());
  }

  @Override
  public ProviderEvaluation<Boolean> getBooleanEvaluation(
      String key, Boolean defaultValue, @Nullable EvaluationContext context) {
    try {
      FlagState state = flags.state(key);
      boolean on = flags.isEnabled(key, context(context));
      return ProviderEvaluation.<Boolean>builder()
          .value(on)
          .variant(on ? "on" : "off")
          .reason(reason(state).name())
          .build();
    } catch (UnknownFlagException e) {
      return failed(defaultValue, ErrorCode.FLAG_NOT_FOUND, e);
    } catch (IllegalArgumentException e) {
      return failed(defaultValue, ErrorCode.INVALID_CONTEXT, e);
    }
  }

  private static Reason reason(FlagState state) {
    FlagValue value = state.inForce();
    if (!state.configured()) {
      return Reason.DEFAULT;
    }
    if (value.isOn() || value.isOff()) {
      return Reason.STATIC;
    }
    return value.buckets() < FlagValue.BUCKETS ? Reason.SPLIT : Reason.TARGETING_MATCH;
  }

  private FlagContext context(@Nullable EvaluationContext context) {
    String here = flags.nodeName();
    if (context == null) {
      return FlagContext.ofNode(here);
    }
    String key = context.getTargetingKey();
    Map<String, Object> attributes = new HashMap<>();
    context
        .asObjectMap()
        .forEach(
            (name, value) -> {
              if (value != null) {
                attributes.put(name, value instanceof Instant time ? time.toString() : value);
              }
            });
    String node = attributes.get(NODE) instanceof String named ? named : here;
    return new FlagContext(
        node,
        key == null || key.isEmpty() ? node : key,
        io.agents.registry.api.Metadata.copyOf(attributes));
  }

  private static <T> ProviderEvaluation<T> failed(T value, ErrorCode code, Exception problem) {
    return ProviderEvaluation.<T>builder()
        .value(value)
        .reason(Reason.ERROR.name())
        .errorCode(code)
        .errorMessage(problem.getMessage())
        .build();
  }

  /** Flags are on or off, and nothing else. */
  private <T> ProviderEvaluation<T> otherType(String key, T value) {
    try {
      flags.state(key);
    } catch (UnknownFlagException e) {
      return failed(value, ErrorCode.FLAG_NOT_FOUND, e);
    }
    return failed(
        value,
        ErrorCode.TYPE_MISMATCH,
        new IllegalArgumentException("the flag '" + key + "' is a boolean, as all flags are"));
  }

  @Override
  public ProviderEvaluation<String> getStringEvaluation(
      String key, String defaultValue, EvaluationContext context) {
    return otherType(key, defaultValue);
  }

  @Override
  public ProviderEvaluation<Integer> getIntegerEvaluation(
      String key, Integer defaultValue, EvaluationContext context) {
    return otherType(key, defaultValue);
  }

  @Override
  public ProviderEvaluation<Double> getDoubleEvaluation(
      String key, Double defaultValue, EvaluationContext context) {
    return otherType(key, defaultValue);
  }

  @Override
  public ProviderEvaluation<Value> getObjectEvaluation(
      String key, Value defaultValue, EvaluationContext context) {
    return otherType(key, defaultValue);
  }
}
