package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every benchmark does what it is named after, in every implementation; no times. */
class BenchmarkBodiesTest {

  private static final int AGENTS = 2_000;

  private final Cursor cursor = new Cursor();

  @ParameterizedTest
  @EnumSource
  void point(Implementation implementation) throws Exception {
    PointBenchmark benchmark = new PointBenchmark();
    benchmark.implementation = implementation;
    benchmark.agents = AGENTS;
    benchmark.open();
    try {
      assertThat(benchmark.lookup(cursor)).isNotNull();
      assertThat(benchmark.lookupByTwo(cursor)).isNotNull();
      // More than one round, so that every agent comes and goes, and changes there and back.
      for (int i = 0; i < AGENTS + 10; i++) {
        String id = benchmark.reRegister(cursor);
        assertThat(id).startsWith("agent-");
      }
      cursor.startAt(AGENTS);
      for (int i = 0; i < AGENTS; i++) {
        assertThat(benchmark.update(cursor).revision()).isEqualTo(2);
      }
      Agent again = benchmark.update(cursor);
      assertThat(again.revision()).isEqualTo(3);
      assertThat(benchmark.lookup(cursor).revision()).isEqualTo(2);
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void query(Implementation implementation) throws Exception {
    QueryBenchmark benchmark = new QueryBenchmark();
    benchmark.implementation = implementation;
    benchmark.agents = AGENTS;
    benchmark.open();
    try {
      assertThat(benchmark.findHundred(cursor)).hasSize(100);
      assertThat(benchmark.findFiftieth(cursor)).hasSizeBetween(15, 75);
      cursor.startAt(0);
      int found = benchmark.queryOfTwo(cursor).size();
      cursor.startAt(0);
      assertThat(benchmark.countOfTwo(cursor)).isEqualTo(found);
    } finally {
      benchmark.close();
    }
  }
}
