package io.agents.registry.api;

import java.util.Arrays;

/**
 * How long calls took: an immutable histogram. A value is kept to within 1/32 (about 3 percent) of
 * itself; values above {@value #HIGHEST_NANOS} ns count as that.
 */
public final class Latencies {

  /*
   * Design
   *
   * A log-linear histogram: below 64 every nanosecond has a bucket of its own, and above each power
   * of two is divided into 32 equal ones. So the number of the bucket is a shift and an addition, and
   * the error is the same share of the value everywhere. Histograms of one layout are added and
   * subtracted bucket by bucket, which is what a window over a cumulative one needs.
   */

  /** How many buckets a histogram has. */
  public static final int BUCKETS;

  /** The longest time that is told from longer ones: about 18 minutes. */
  public static final long HIGHEST_NANOS = (1L << 40) - 1;

  /** Nothing was measured. */
  public static final Latencies NONE;

  private static final int SUB_BITS = 5;

  static {
    BUCKETS = bucketOf(HIGHEST_NANOS) + 1;
    NONE = new Latencies(new long[0]);
  }

  /** Without the empty buckets at the end. Never written. */
  private final long[] counts;

  private final long count;

  private Latencies(long[] counts) {
    int used = counts.length;
    while (used > 0 && counts[used - 1] == 0) {
      used--;
    }
    this.counts = Arrays.copyOf(counts, used);
    this.count = Arrays.stream(this.counts).sum();
  }

  /**
   * The histogram of some values.
   *
   * @param nanos times in nanoseconds; below 0 counts as 0
   * @return their histogram
   */
  public static Latencies of(long... nanos) {
    long[] counts = new long[BUCKETS];
    for (long one : nanos) {
      counts[bucketOf(one)]++;
    }
    return new Latencies(counts);
  }

  /**
   * The histogram that was counted elsewhere.
   *
   * @param counts how many values fell into each bucket, by {@link #bucketOf}; may be shorter than
   *     {@link #BUCKETS}; is copied
   * @return the histogram
   * @throws IllegalArgumentException if it is longer, or a count is negative
   */
  public static Latencies ofBuckets(long[] counts) {
    if (counts.length > BUCKETS) {
      throw new IllegalArgumentException(
          "there are " + counts.length + " buckets; allowed are at most " + BUCKETS);
    }
    for (long one : counts) {
      if (one < 0) {
        throw new IllegalArgumentException(
            "a bucket holds " + one + " values; allowed is 0 or more");
      }
    }
    return new Latencies(counts);
  }

  /**
   * The bucket of a value.
   *
   * @param nanos a time in nanoseconds; below 0 counts as 0
   * @return its bucket, from 0 to {@link #BUCKETS} - 1
   */
  public static int bucketOf(long nanos) {
    long value = Math.max(0, Math.min(nanos, HIGHEST_NANOS));
    int shift = Math.max(0, 63 - SUB_BITS - Long.numberOfLeadingZeros(value | 1));
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  /**
   * How many values there are.
   *
   * @return their number
   */
  public long count() {
    return count;
  }

  /**
   * The value that a share of all values does not exceed.
   *
   * @param percent the share in percent, from 0 to 100; 50 is the median
   * @return the highest value of the bucket in which it is reached, in nanoseconds; 0 if there are
   *     no values
   * @throws IllegalArgumentException if the share is out of range
   */
  public long percentileNanos(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "the percentile is " + percent + "; allowed is a number from 0 to 100");
    }
    long rank = Math.max(1, (long) Math.ceil(count * percent / 100));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return highestOf(bucket);
      }
    }
    return 0;
  }

  /**
   * How many values are above a limit, to within the width of its bucket.
   *
   * @param nanos the limit in nanoseconds
   * @return the number of values in the buckets above that of the limit
   */
  public long countAbove(long nanos) {
    long above = 0;
    for (int bucket = bucketOf(nanos) + 1; bucket < counts.length; bucket++) {
      above += counts[bucket];
    }
    return above;
  }

  /**
   * What came since an earlier state of the same histogram.
   *
   * @param earlier the earlier state
   * @return the values that were added after it; a bucket that has shrunk counts as empty
   */
  public Latencies since(Latencies earlier) {
    long[] left = counts.clone();
    for (int bucket = 0; bucket < Math.min(left.length, earlier.counts.length); bucket++) {
      left[bucket] = Math.max(0, left[bucket] - earlier.counts[bucket]);
    }
    return new Latencies(left);
  }

  /**
   * The values of both.
   *
   * @param other the other ones
   * @return a histogram of all
   */
  public Latencies plus(Latencies other) {
    long[] sum = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
    for (int bucket = 0; bucket < other.counts.length; bucket++) {
      sum[bucket] += other.counts[bucket];
    }
    return new Latencies(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Latencies latencies && Arrays.equals(counts, latencies.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** The number of values, the median, the 99th percentile and the highest, for a person. */
  @Override
  public String toString() {
    return count
        + " values, median "
        + percentileNanos(50)
        + " ns, p99 "
        + percentileNanos(99)
        + " ns, highest "
        + percentileNanos(100)
        + " ns";
  }

  private static long highestOf(int bucket) {
    int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
    long lowest = (long) (bucket - (shift << SUB_BITS)) << shift;
    return lowest + (1L << shift) - 1;
  }
}
