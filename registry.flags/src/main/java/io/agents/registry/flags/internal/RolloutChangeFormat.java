package io.agents.registry.flags.internal;

import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Kind;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutStage;
import java.time.Instant;

/** A step of the rollout in one line. */
final class RolloutChangeFormat implements HistoryFile.Format<RolloutChange> {

  private static final int FIELDS = 7;

  @Override
  public String encode(RolloutChange change) {
    return Line.of(
        String.valueOf(change.at().toEpochMilli()),
        change.from().toString(),
        change.to().toString(),
        change.kind().name(),
        change.source().name(),
        String.valueOf(change.forced()),
        Line.escape(change.reason()));
  }

  @Override
  public RolloutChange decode(String line) {
    String[] fields = Line.fields(line, FIELDS);
    return new RolloutChange(
        Instant.ofEpochMilli(Long.parseLong(fields[0])),
        RolloutStage.parse(fields[1]),
        RolloutStage.parse(fields[2]),
        Kind.valueOf(fields[3]),
        Source.valueOf(fields[4]),
        Boolean.parseBoolean(fields[5]),
        Line.unescape(fields[6]));
  }
}
