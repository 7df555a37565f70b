package io.agents.registry.shell.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.UnknownFlagException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Two flags for the tests of commands: {@code new_router} and that of the registry. */
public final class FakeFlags implements FeatureFlags {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String ROUTER = "new_router";

  private final TreeMap<String, FlagValue> configured = new TreeMap<>();
  private final List<FlagChange> history = new ArrayList<>();

  @Override
  public boolean isEnabled(String flag) {
    return isEnabled(flag, nodeName());
  }

  @Override
  public boolean isEnabled(String flag, String id) {
    return state(flag).value().includes(flag, id);
  }

  @Override
  public boolean isEnabled(String flag, FlagContext context) {
    return state(flag).value().includes(flag, context);
  }

  @Override
  public FlagChange set(String flag, FlagValue value, String reason) {
    return change(flag, value, reason);
  }

  @Override
  public FlagChange enable(String flag, String reason) {
    return change(flag, FlagValue.ON, reason);
  }

  @Override
  public FlagChange disable(String flag, String reason) {
    return change(flag, FlagValue.OFF, reason);
  }

  @Override
  public FlagChange setPercentage(String flag, double percent, String reason) {
    return change(flag, FlagValue.percentage(percent), reason);
  }

  @Override
  public FlagChange reset(String flag, String reason) {
    return change(flag, null, reason);
  }

  @Override
  public List<FlagChange> resetAll(String reason) {
    return List.copyOf(configured.keySet()).stream().map(flag -> reset(flag, reason)).toList();
  }

  @Override
  public List<FlagState> list() {
    return List.of(state(ROUTER), state(USE_ETS));
  }

  @Override
  public FlagState state(String flag) {
    if (!flag.equals(ROUTER) && !flag.equals(USE_ETS)) {
      throw new UnknownFlagException(flag, List.of(ROUTER, USE_ETS));
    }
    FlagValue value = configured.getOrDefault(flag, FlagValue.OFF);
    return new FlagState(
        flag,
        "Describes " + flag + ".",
        FlagValue.OFF,
        value,
        configured.containsKey(flag),
        value.includes(flag, nodeName()));
  }

  @Override
  public List<FlagChange> history() {
    return history;
  }

  @Override
  public String nodeName() {
    return "node-1";
  }

  /** Sets a value; null for the default. */
  private FlagChange change(String flag, FlagValue value, String reason) {
    FlagValue before = state(flag).value();
    if (value == null) {
      configured.remove(flag);
    } else {
      configured.put(flag, value);
    }
    FlagValue after = state(flag).value();
    FlagChange change =
        new FlagChange(TIME, flag, before, after, value != null, reason, FlagChange.Source.CALL);
    if (change.changesValue()) {
      history.add(change);
    }
    return change;
  }
}
