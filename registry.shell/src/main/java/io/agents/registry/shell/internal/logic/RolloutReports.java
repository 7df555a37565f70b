package io.agents.registry.shell.internal.logic;

import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutStatus;
import io.agents.registry.flags.WhyReport;
import io.agents.registry.shell.internal.Printable;
import io.agents.registry.shell.internal.text.Fields;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.shell.internal.text.Json;
import io.agents.registry.shell.internal.text.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers how the rollout stands, and how it came to be so. */
public final class RolloutReports {

  private static final String NOTHING = "-";

  private final Rollout rollout;

  /**
   * Begins.
   *
   * @param rollout is asked
   */
  public RolloutReports(Rollout rollout) {
    this.rollout = rollout;
  }

  /**
   * How the rollout stands.
   *
   * @param format fields, or JSON object
   * @return the answer
   */
  public String status(Format format) {
    RolloutStatus status = rollout.status();
    return format.isJson() ? Json.of(json(status)) : fields(status).render(format);
  }

  /**
   * What stands for and against the next stage.
   *
   * @param format a line and a table, or JSON object
   * @return the answer
   */
  public String check(Format format) {
    Readiness readiness = rollout.check();
    if (format.isJson()) {
      return Json.of(json(readiness));
    }
    Table table = new Table("STANDS", "WHAT", "COMMAND");
    for (Readiness.Line line : readiness.lines()) {
      table.row(line.good() ? "for" : "against", line.what(), command(line.command()));
    }
    String verdict =
        readiness
            .next()
            .map(next -> "the next is " + next + (readiness.isReady() ? ": ready" : ": not ready"))
            .orElse("there is no next one");
    String first = "the stage is " + readiness.stage() + "; " + verdict;
    return readiness.lines().isEmpty() ? first : first + "\n" + table.render(format);
  }

  /**
   * The latest changes, the newest last.
   *
   * @param format table, or JSON array
   * @return the answer
   */
  public String history(Format format) {
    List<RolloutChange> changes = rollout.history();
    if (format.isJson()) {
      return Json.of(changes.stream().map(RolloutReports::json).toList());
    }
    if (changes.isEmpty()) {
      return "no changes";
    }
    Table table = new Table("WHEN", "FROM", "TO", "WHAT", "BY", "REASON");
    for (RolloutChange change : changes) {
      table.row(
          change.at(),
          change.from(),
          change.to(),
          Words.of(change.kind()) + (change.forced() ? ", forced" : ""),
          Words.of(change.source()),
          change.reason());
    }
    return table.render(format);
  }

  /**
   * Why the active implementation is the one it is.
   *
   * @param format a line and a table, or JSON object
   * @return the answer
   */
  public String why(Format format) {
    WhyReport why = rollout.why();
    if (format.isJson()) {
      return Json.of(json(why));
    }
    Table table = new Table("WHAT", "HOW IT IS", "COMMAND");
    for (WhyReport.Reason reason : why.reasons()) {
      String what = Words.of(reason.kind()) + (reason.obstacle() ? " (in the way)" : "");
      table.row(what, reason.what(), command(reason.command()));
    }
    String first =
        Printable.of(why.active())
            + " serves, "
            + (why.isAsWanted() ? "as wanted" : Printable.of(why.wanted()) + " is wanted");
    return why.reasons().isEmpty() ? first : first + "\n" + table.render(format);
  }

  private static Fields fields(RolloutStatus status) {
    return new Fields()
        .field("stage", status.stage())
        .field("since", text(status.since()))
        .field("node", status.node())
        .field("wanted", status.wanted())
        .field("active", status.active())
        .field("mirror", status.mirror().isEmpty() ? NOTHING : mirror(status))
        .field("compared", percent(status.comparisonPercent()) + " of reads")
        .field("guard", (status.guarded() ? "watches: " : "does not watch: ") + status.guard())
        .field("hold", text(status.hold()))
        .field("soak ends", text(status.soakEnds()))
        .field("refused", text(status.refused()))
        .field("last change", text(status.lastChange().map(RolloutReports::line)));
  }

  private static String mirror(RolloutStatus status) {
    return status.mirror() + (status.mirrorState().isEmpty() ? "" : ", " + status.mirrorState());
  }

  private static String percent(double percent) {
    return percent == Math.rint(percent) ? (long) percent + "%" : percent + "%";
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse(NOTHING);
  }

  private static String command(String command) {
    return command.isEmpty() ? NOTHING : command;
  }

  static String line(RolloutChange change) {
    return change.from()
        + " to "
        + change.to()
        + " at "
        + change.at()
        + ", "
        + Words.of(change.kind())
        + " by "
        + Words.of(change.source())
        + (change.forced() ? ", forced" : "")
        + (change.reason().isEmpty() ? "" : ": " + change.reason());
  }

  private static Map<String, Object> json(RolloutStatus status) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", status.stage());
    json.put("since", status.since());
    json.put("node", status.node());
    json.put("wanted", status.wanted());
    json.put("active", status.active());
    json.put("mirror", status.mirror());
    json.put("mirrorState", status.mirrorState());
    json.put("comparisonPercent", status.comparisonPercent());
    json.put("guarded", status.guarded());
    json.put("guard", status.guard());
    json.put("hold", status.hold());
    json.put("soakEnds", status.soakEnds());
    json.put("refused", status.refused());
    json.put("lastChange", status.lastChange().map(RolloutReports::json));
    return json;
  }

  private static Map<String, Object> json(Readiness readiness) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", readiness.stage());
    json.put("next", readiness.next());
    json.put("ready", readiness.isReady());
    json.put("lines", readiness.lines().stream().map(RolloutReports::json).toList());
    return json;
  }

  private static Map<String, Object> json(Readiness.Line line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("good", line.good());
    json.put("what", line.what());
    json.put("command", line.command());
    return json;
  }

  private static Map<String, Object> json(RolloutChange change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", change.at());
    json.put("from", change.from());
    json.put("to", change.to());
    json.put("kind", Words.key(change.kind()));
    json.put("source", Words.key(change.source()));
    json.put("forced", change.forced());
    json.put("reason", change.reason());
    return json;
  }

  private static Map<String, Object> json(WhyReport why) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("active", why.active());
    json.put("wanted", why.wanted());
    json.put("asWanted", why.isAsWanted());
    json.put("reasons", why.reasons().stream().map(RolloutReports::json).toList());
    return json;
  }

  private static Map<String, Object> json(WhyReport.Reason reason) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", Words.key(reason.kind()));
    json.put("obstacle", reason.obstacle());
    json.put("what", reason.what());
    json.put("command", reason.command());
    return json;
  }
}
