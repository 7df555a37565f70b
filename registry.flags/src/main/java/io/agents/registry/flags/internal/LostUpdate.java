package io.agents.registry.flags.internal;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the registry was never told of the target filter that is configured.
 *
 * <p>Declarative Services number what they know of a configuration, and drop what has no higher
 * number. Apache Felix SCR 2.2.18 reads the values first and the number after them: a write in
 * between gives old values the new number, and the news of that write are dropped then. Two writes
 * within a fraction of a millisecond are enough, about once in 15,000 times. Nothing ends that but
 * another write, which has a number of its own.
 *
 * <p>What is written again and again to no effect is not lost: something between the two, such as a
 * plugin of ConfigurationAdmin that fills in placeholders, tells the registry something else on
 * purpose. So it gives up after a few times, until one of the two is another.
 *
 * <p>Used by the thread of decisions alone.
 */
final class LostUpdate {

  /** How long the news of a write may be on their way, in ms. */
  static final long PATIENCE_MILLIS = 1_000;

  /** How often the same is written again. */
  static final int MOST_REPEATS = 3;

  /** What is configured, and what the registry has been told instead. */
  private record Difference(Object configured, Object told) {}

  /** What the registry has been told; empty if it is not there. */
  private final Supplier<Optional<Object>> told;

  /** Whether it is busy with what it was told; asked only if there is a difference. */
  private final BooleanSupplier busy;

  private final LongSupplier nanoClock;
  private @Nullable Difference difference;
  private long since;

  /** How often what is different now was written again. */
  private int repeats;

  LostUpdate(Supplier<Optional<Object>> told, BooleanSupplier busy, LongSupplier nanoClock) {
    this.told = told;
    this.busy = busy;
    this.nanoClock = nanoClock;
  }

  /**
   * Whether the registry has been told something else than this for too long; asked again, not
   * before as much time is over again.
   */
  boolean isLost(@Nullable Object configured) {
    Difference now = differenceTo(configured);
    if (!Objects.equals(now, difference)) {
      difference = now;
      since = nanoClock.getAsLong();
      repeats = 0;
      return false;
    }
    if (now != null && busy.getAsBoolean()) {
      // It may be told when it is done, or not: nobody says when that is, so it is asked again.
      since = nanoClock.getAsLong();
      return false;
    }
    boolean lost =
        isExpected()
            && nanoClock.getAsLong() - since >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    if (lost) {
      since = nanoClock.getAsLong();
      repeats++;
    }
    return lost;
  }

  /** Whether the news are on their way, so that it is to be asked again after the patience. */
  boolean isExpected() {
    return difference != null && repeats < MOST_REPEATS;
  }

  private @Nullable Difference differenceTo(@Nullable Object configured) {
    if (configured == null) {
      // The news of a deletion have no number.
      return null;
    }
    return told.get()
        .filter(other -> !Objects.deepEquals(other, configured))
        .map(other -> new Difference(configured, other))
        .orElse(null);
  }
}
