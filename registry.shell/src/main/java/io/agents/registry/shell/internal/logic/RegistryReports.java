package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.shell.internal.text.Fields;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.shell.internal.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers how the registry is. */
public final class RegistryReports {

  private static final String NOTHING = "-";

  private final RegistryAdmin registry;
  private final Optional<BackendSelection> selection;

  /**
   * Begins.
   *
   * @param registry is asked
   * @param selection is asked about the flag, if it is there
   */
  public RegistryReports(RegistryAdmin registry, Optional<BackendSelection> selection) {
    this.registry = registry;
    this.selection = selection;
  }

  /**
   * How the registry is now.
   *
   * @param format fields, or JSON object
   * @return the answer
   */
  public String status(Format format) {
    RegistryStatus status = registry.status();
    Optional<SelectionStatus> selected = selection.map(BackendSelection::status);
    return format.isJson()
        ? Json.of(json(status, selected))
        : fields(status, selected).render(format);
  }

  /**
   * The exchanges of the backend so far.
   *
   * @param format table, or JSON array
   * @return the answer
   */
  public String swaps(Format format) {
    List<SwapReport> swaps = registry.swaps();
    if (format.isJson()) {
      return Json.of(swaps.stream().map(SwapView::json).toList());
    }
    return swaps.isEmpty() ? "no swaps" : SwapView.table(swaps).render(format);
  }

  private static Fields fields(RegistryStatus status, Optional<SelectionStatus> selected) {
    return new Fields()
        .field("implementation", status.implementation())
        .field("awaited", status.awaited().orElse(NOTHING))
        .field("healthy", status.isHealthy() ? "yes" : "no")
        .field("agents", status.agents())
        .field("agents whose owner is gone", status.agentsWithOwnerGone())
        .field("owners monitored", status.ownersMonitored())
        .field("services monitored", status.servicesMonitored())
        .field("last swap", status.lastSwap().map(SwapView::line).orElse(NOTHING))
        .field("swap under way", status.swapUnderWay() ? "yes" : "no")
        .field("mirror", SwapView.mirror(status.mirror()))
        .field("available", String.join(", ", status.available()))
        .field("target filter", status.targetFilter())
        .field("flag asks for", selected.map(RegistryReports::selection).orElse(noFlags()))
        .field("listeners", status.listeners())
        .field("events missed", status.eventsMissed());
  }

  private static String selection(SelectionStatus selected) {
    return selected.wanted() + selected.awaited().map(awaited -> ", but " + awaited).orElse("");
  }

  private static String noFlags() {
    return "nothing: flags are not there; start the bundle io.agents.registry.flags";
  }

  private static Map<String, Object> json(
      RegistryStatus status, Optional<SelectionStatus> selected) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("implementation", status.implementation());
    json.put("awaited", status.awaited());
    json.put("healthy", status.isHealthy());
    json.put("agents", status.agents());
    json.put("agentsWithOwnerGone", status.agentsWithOwnerGone());
    json.put("ownersMonitored", status.ownersMonitored());
    json.put("servicesMonitored", status.servicesMonitored());
    json.put("lastSwap", status.lastSwap().map(SwapView::json));
    json.put("swapUnderWay", status.swapUnderWay());
    json.put("mirror", json(status.mirror()));
    json.put("available", status.available());
    json.put("targetFilter", status.targetFilter());
    json.put("selection", selected.map(RegistryReports::json));
    json.put("listeners", status.listeners());
    json.put("eventsMissed", status.eventsMissed());
    return json;
  }

  private static Map<String, Object> json(SelectionStatus selected) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("wanted", selected.wanted());
    json.put("settled", selected.settled());
    json.put("awaited", selected.awaited());
    return json;
  }

  private static Map<String, Object> json(MirrorStatus mirror) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("implementation", mirror.implementation());
    json.put("state", Words.key(mirror.state()));
    json.put("reason", mirror.reason());
    return json;
  }
}
