package io.agents.registry.flags.internal;

import io.agents.registry.flags.FlagConditions;
import io.agents.registry.flags.FlagValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What holds at one time, and the next time at which something of what was asked here becomes
 * otherwise. For one thread.
 */
final class Moment {

  private final Instant now;
  private @Nullable Instant next;

  Moment(Instant now) {
    this.now = now;
  }

  /** The next time after now; null if nothing that was asked depends on the time. */
  @Nullable Instant next() {
    return next;
  }

  /**
   * What counts now.
   *
   * @param value the value of a flag
   * @param otherwise what counts while that does not hold; itself off while it does not hold
   */
  FlagValue inForce(FlagValue value, FlagValue otherwise) {
    FlagConditions conditions = value.conditions();
    see(conditions.from());
    see(conditions.until());
    if (conditions.holdAt(now)) {
      return value;
    }
    return value.equals(otherwise) ? FlagValue.OFF : inForce(otherwise, otherwise);
  }

  /** Whether a day is over, in UTC. */
  boolean isOver(LocalDate day) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    see(end);
    return !now.isBefore(end);
  }

  private void see(@Nullable Instant time) {
    if (time != null && time.isAfter(now) && (next == null || time.isBefore(next))) {
      next = time;
    }
  }
}
