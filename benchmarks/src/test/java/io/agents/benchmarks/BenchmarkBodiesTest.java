package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import org.junit.jupiter.api.Test;
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
    PointBenchmark.Changes changes = new PointBenchmark.Changes();
    benchmark.implementation = implementation;
    benchmark.agents = AGENTS;
    benchmark.open();
    try {
      assertThat(benchmark.lookup(cursor)).isNotNull();
      assertThat(benchmark.lookupByTwo(cursor)).isNotNull();
      assertThat(benchmark.lookupByFour(cursor)).isNotNull();
      // More than one round, so that every agent comes and goes, and changes there and back.
      for (int i = 0; i < AGENTS + 10; i++) {
        String id = benchmark.reRegister(cursor);
        assertThat(id).startsWith("agent-");
      }
      cursor.startAt(AGENTS);
      for (int i = 0; i < AGENTS; i++) {
        assertThat(benchmark.update(cursor, changes).revision()).isEqualTo(2);
      }
      Agent again = benchmark.update(cursor, changes);
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
      assertThat(benchmark.queryOfTwoWide(cursor)).hasSizeBetween(1, 30);
      assertThat(benchmark.queryOfOneIndex(cursor)).hasSizeBetween(20, 140);
      assertThat(benchmark.queryOfTwoNarrow(cursor)).hasSizeBetween(0, 30);
      assertThat(benchmark.range(cursor)).hasSizeBetween(1, 80);
      assertThat(benchmark.findFive(cursor)).hasSize(5);
      cursor.startAt(0);
      assertThat(benchmark.existsOfTwo(cursor)).isEqualTo(found > 0);
      assertThat(benchmark.queryOfText(cursor)).hasSizeBetween(0, 30);
      assertThat(benchmark.list()).hasSize(AGENTS);
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void flags(FlagLibrary library) throws Exception {
    FlagBenchmark benchmark = new FlagBenchmark();
    benchmark.library = library;
    benchmark.open();
    try {
      int share = 0;
      for (int i = 0; i < 1_000; i++) {
        assertThat(benchmark.flagOn(cursor)).isTrue();
        share += benchmark.flagShare(cursor) ? 1 : 0;
      }
      assertThat(share).isBetween(150, 350);
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MAP", "LEGACY", "ETS", "REGISTRY_LEGACY", "REGISTRY_ETS", "CQENGINE"})
  void load(Implementation implementation) throws Exception {
    LoadBenchmark benchmark = new LoadBenchmark();
    benchmark.implementation = implementation;
    benchmark.agents = AGENTS;
    benchmark.prepare();
    benchmark.open();
    try {
      benchmark.load();
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ETS", "REGISTRY_ETS"})
  void owner(Implementation implementation) throws Exception {
    OwnerBenchmark benchmark = new OwnerBenchmark();
    benchmark.implementation = implementation;
    benchmark.agents = AGENTS;
    benchmark.open();
    try {
      for (OwnerBenchmark.Owner owner :
          List.of(new OwnerBenchmark.OfThousand(), new OwnerBenchmark.OfTenThousand())) {
        owner.register(benchmark);
        assertThatThrownBy(owner::check).hasMessageEndingWith("agents too many are left");
        owner.go();
        owner.check();
      }
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MAP", "REGISTRY_ETS"})
  void stop(Implementation implementation) throws Exception {
    StopBenchmark benchmark = new StopBenchmark();
    benchmark.implementation = implementation;
    benchmark.agents = AGENTS;
    benchmark.open();
    try {
      // Twice: what the first bundle leaves behind would be in the way of the second.
      for (int i = 0; i < 2; i++) {
        benchmark.fill();
        benchmark.stopBundle();
        benchmark.check();
      }
    } finally {
      benchmark.close();
    }
  }

  @Test
  void hotSwap() throws Exception {
    HotSwap.Result result = HotSwap.measure(AGENTS);
    assertThat(result.agents()).isEqualTo(AGENTS);
    assertThat(result.nanosPerAgent())
        .containsOnlyKeys(RegistryBackend.ETS, RegistryBackend.LEGACY)
        .allSatisfy((to, nanos) -> assertThat(nanos).isPositive());
    assertThat(result.writerWaitNanos()).isPositive();
    assertThat(result.readersHeldUp()).isZero();
    for (HotSwap.Phase phase : HotSwap.Phase.COUNTED) {
      assertThat(result.readsIn(phase).getTotalCount()).as("reads %s", phase).isPositive();
      assertThat(result.writesIn(phase).getTotalCount()).as("writes %s", phase).isPositive();
    }
  }

  @Test
  void watchingCost() throws Exception {
    WatchingCost.Result result = WatchingCost.measure(AGENTS, 1, 2);
    assertThat(result.agents()).isEqualTo(AGENTS);
    assertThat(result.measured().median()).isBetween(0.1, 10.0);
    assertThat(result.compared().median()).isBetween(0.1, 10.0);
    assertThat(WatchingCost.table(List.of(result)))
        .contains("1% compared too", result.compared().toString());
    assertThat(WatchingCost.Result.read(result.written())).isEqualTo(result);
  }

  @Test
  void theMiddleOfQuotientsAndHalfOfThemAroundIt() {
    assertThat(WatchingCost.Quotient.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0)))
        .isEqualTo(new WatchingCost.Quotient(3, 2, 4));
  }

  @Test
  void memory() throws Exception {
    double bytes = MemoryUse.bytesPerAgent(Implementation.MAP, 10_000, "256m");
    // An agent, its metadata of five attributes and a map entry.
    assertThat(bytes).isBetween(200.0, 5_000.0);
  }
}
