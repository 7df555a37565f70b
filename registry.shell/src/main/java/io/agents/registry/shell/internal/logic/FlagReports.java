package io.agents.registry.shell.internal.logic;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagState;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.shell.internal.text.Json;
import io.agents.registry.shell.internal.text.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers how the flags are, and how they came to be so. */
public final class FlagReports {

  private final FeatureFlags flags;

  /**
   * Begins.
   *
   * @param flags are asked
   */
  public FlagReports(FeatureFlags flags) {
    this.flags = flags;
  }

  /**
   * All flags, sorted by name.
   *
   * @param format table, or JSON array
   * @return the answer
   */
  public String list(Format format) {
    List<FlagState> states = flags.list();
    if (format.isJson()) {
      return Json.of(states.stream().map(FlagReports::json).toList());
    }
    if (states.isEmpty()) {
      return "no flags";
    }
    Table table = new Table("FLAG", "VALUE", "HERE", "SET BY", "DEFAULT", "DESCRIPTION");
    for (FlagState state : states) {
      table.row(
          state.name(),
          state.value(),
          state.onHere() ? "on" : "off",
          setBy(state),
          state.defaultValue(),
          description(state));
    }
    return table.render(format);
  }

  /**
   * The latest changes, the newest last.
   *
   * @param format table, or JSON array
   * @return the answer
   */
  public String history(Format format) {
    List<FlagChange> changes = flags.history();
    if (format.isJson()) {
      return Json.of(changes.stream().map(FlagReports::json).toList());
    }
    if (changes.isEmpty()) {
      return "no changes";
    }
    Table table = new Table("WHEN", "FLAG", "FROM", "TO", "BY", "REASON");
    for (FlagChange change : changes) {
      table.row(
          change.at(),
          change.flag(),
          change.from(),
          change.to() + (change.configured() ? "" : " (default)"),
          Words.key(change.source()),
          change.reason());
    }
    return table.render(format);
  }

  private static Map<String, Object> json(FlagState state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", state.name());
    json.put("value", state.value());
    json.put("percent", state.value().percent());
    json.put("onHere", state.onHere());
    json.put("configured", state.configured());
    json.put("default", state.defaultValue());
    json.put("description", state.description());
    if (!state.inForce().equals(state.value())) {
      json.put("inForce", state.inForce());
    }
    if (!state.external().isEmpty()) {
      json.put("external", state.external());
    }
    state
        .removeBy()
        .ifPresent(
            day -> {
              json.put("removeBy", day.toString());
              json.put("overdue", state.overdue());
            });
    return json;
  }

  private static String setBy(FlagState state) {
    if (!state.external().isEmpty()) {
      return state.external();
    }
    return state.configured() ? "configuration" : "default";
  }

  private static String description(FlagState state) {
    String notInForce =
        state.inForce().equals(state.value()) ? "" : " (now " + state.inForce() + ")";
    String temporary =
        state
            .removeBy()
            .map(day -> (state.overdue() ? " (OVERDUE since " : " (to be gone by ") + day + ")")
            .orElse("");
    return state.description() + notInForce + temporary;
  }

  private static Map<String, Object> json(FlagChange change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", change.at());
    json.put("flag", change.flag());
    json.put("from", change.from());
    json.put("to", change.to());
    json.put("configured", change.configured());
    json.put("source", Words.key(change.source()));
    json.put("reason", change.reason());
    return json;
  }
}
