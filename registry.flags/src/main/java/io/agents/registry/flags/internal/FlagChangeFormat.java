package io.agents.registry.flags.internal;

import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagChange.Source;
import io.agents.registry.flags.FlagValue;
import java.time.Instant;

/** A change of a flag in one line. */
final class FlagChangeFormat implements HistoryFile.Format<FlagChange> {

  private static final int FIELDS = 7;

  @Override
  public String encode(FlagChange change) {
    return Line.of(
        String.valueOf(change.at().toEpochMilli()),
        change.flag(),
        change.from().toString(),
        change.to().toString(),
        String.valueOf(change.configured()),
        change.source().name(),
        Line.escape(change.reason()));
  }

  @Override
  public FlagChange decode(String line) {
    String[] fields = Line.fields(line, FIELDS);
    return new FlagChange(
        Instant.ofEpochMilli(Long.parseLong(fields[0])),
        fields[1],
        FlagValue.parse(fields[2]),
        FlagValue.parse(fields[3]),
        Boolean.parseBoolean(fields[4]),
        Line.unescape(fields[6]),
        Source.valueOf(fields[5]));
  }
}
