package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R17 A histogram of latencies")
class LatenciesTest {

  @Test
  @DisplayName("R17.3 every value falls into a bucket that is at most 1/32 wide")
  void buckets() {
    long seed = Long.getLong("registry.seed", System.nanoTime());
    System.out.println("[seed] latencies: " + seed + " (again with -Dregistry.seed=" + seed + ")");
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >>> (24 + random.nextInt(40));
      long shown = Latencies.of(value).percentileNanos(50);
      assertThat(shown)
          .as("%d with seed %d", value, seed)
          .isBetween(value, value + Math.max(0, value / 32));
    }
  }

  @Test
  @DisplayName("R17.3 buckets are in order, without a gap")
  void order() {
    int bucket = -1;
    for (long value = 0; value < 100_000; value++) {
      int next = Latencies.bucketOf(value);
      assertThat(next).isBetween(bucket, bucket + 1);
      bucket = next;
    }
    assertThat(Latencies.bucketOf(-1)).isZero();
    assertThat(Latencies.bucketOf(Long.MAX_VALUE)).isEqualTo(Latencies.BUCKETS - 1);
    assertThat(Latencies.bucketOf(Latencies.HIGHEST_NANOS)).isEqualTo(Latencies.BUCKETS - 1);
  }

  @Test
  @DisplayName("R17.3 a percentile is the value that the share does not exceed")
  void percentiles() {
    long[] values = new long[1_000];
    Arrays.setAll(values, i -> i < 990 ? 10 : 1_000_000);
    Latencies latencies = Latencies.of(values);
    assertThat(latencies.count()).isEqualTo(1_000);
    assertThat(latencies.percentileNanos(0)).isEqualTo(10);
    assertThat(latencies.percentileNanos(50)).isEqualTo(10);
    assertThat(latencies.percentileNanos(99)).isEqualTo(10);
    assertThat(latencies.percentileNanos(99.1)).isGreaterThanOrEqualTo(1_000_000);
    assertThat(latencies.percentileNanos(100)).isGreaterThanOrEqualTo(1_000_000);
    assertThat(Latencies.NONE.percentileNanos(99)).isZero();
    assertThatThrownBy(() -> latencies.percentileNanos(101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("101");
    assertThatThrownBy(() -> latencies.percentileNanos(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("R17.3 a later state less an earlier one is what came between")
  void windows() {
    Latencies earlier = Latencies.of(10, 20, 3_000_000);
    Latencies between = Latencies.of(10, 5_000);
    Latencies later = earlier.plus(between);
    assertThat(later.since(earlier)).isEqualTo(between).hasSameHashCodeAs(between);
    assertThat(later.since(later)).isEqualTo(Latencies.NONE);
    assertThat(earlier.since(later)).as("nothing is less than nothing").isEqualTo(Latencies.NONE);
    assertThat(later.plus(Latencies.NONE)).isEqualTo(later);
  }

  @Test
  @DisplayName("R17.3 buckets that were counted elsewhere are copied and checked")
  void countedElsewhere() {
    long[] counts = new long[Latencies.BUCKETS];
    counts[Latencies.bucketOf(100)] = 2;
    Latencies latencies = Latencies.ofBuckets(counts);
    counts[0] = 7;
    assertThat(latencies).isEqualTo(Latencies.of(100, 100));
    assertThat(latencies).hasToString("2 values, median 101 ns, p99 101 ns, highest 101 ns");
    assertThatThrownBy(() -> Latencies.ofBuckets(new long[] {-1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Latencies.ofBuckets(new long[Latencies.BUCKETS + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
