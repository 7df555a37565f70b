package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** The table from id to agent is a map (B2.1, B2.2, B2.3), while it grows too (B5.2). */
class IdTableTest {

  private static final ServiceReference<?> SERVICE = new FakeOwners().newService();

  private final Fixtures fixtures = new Fixtures(new FakeOwners());
  private final IdTable table = new IdTable();

  private void add(Agent agent, int slot) {
    table.add(IdTable.hash(agent.id()), agent, slot);
  }

  private IdTable.Entry entry(String id) {
    return table.entry(IdTable.hash(id), id);
  }

  @Test
  void holdsWhatWasAddedAndNotRemoved() {
    Random random = new Random(Seeds.next("table of ids"));
    Map<String, Agent> model = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      // Some of them have equal hash codes.
      String id = (random.nextBoolean() ? "AaAa" : "BBBB") + random.nextInt(3_000);
      IdTable.Entry held = entry(id);
      Agent agent = fixtures.agent(id, SERVICE, Map.of());
      assertThat(held == null ? null : held.agent()).isSameAs(model.get(id));
      if (held == null) {
        add(agent, i);
        model.put(id, agent);
        assertThat(entry(id).slot()).isEqualTo(i);
      } else if (random.nextBoolean()) {
        table.remove(held);
        model.remove(id);
      } else {
        held.set(agent);
        model.put(id, agent);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    List<Agent> all = new ArrayList<>();
    table.forEach(all::add);
    assertThat(all).hasSameSizeAs(model.values());
    all.forEach(agent -> assertThat(model.get(agent.id())).isSameAs(agent));
    table.clear();
    assertThat(table.size()).isZero();
    assertThat(table.get(all.get(0).id())).isNull();
  }

  @Test
  void idsThatDifferInANumberSpreadOverAllStripes() {
    for (String id : List.of("agent-%06d", "worker-%d", "%x", "eu-%d-west")) {
      int[] ids = new int[IdTable.STRIPES];
      for (int i = 0; i < 100 * ids.length; i++) {
        ids[IdTable.stripe(IdTable.hash(id.formatted(i)))]++;
      }
      assertThat(Arrays.stream(ids).boxed().toList())
          .as(id)
          .allSatisfy(ofStripe -> assertThat(ofStripe).isBetween(70, 130));
    }
  }

  @Test
  void readersMissNobodyWhileTheTableGrows() throws Exception {
    List<Agent> stable = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stable.add(fixtures.agent("stable-" + i, SERVICE, Map.of()));
      add(stable.get(i), i);
    }
    try (TwoThreads threads = new TwoThreads()) {
      threads.readWhile(
          () -> {
            for (int round = 0; round < 20; round++) {
              List<IdTable.Entry> added = new ArrayList<>();
              for (int i = 0; i < 5_000; i++) {
                Agent agent = fixtures.agent("a" + round + "-" + i, SERVICE, Map.of());
                add(agent, 100 + i);
                added.add(entry(agent.id()));
              }
              // They were copied when the table grew.
              added.forEach(one -> table.remove(entry(one.agent().id())));
            }
          },
          () -> {
            stable.forEach(agent -> assertThat(table.get(agent.id())).isSameAs(agent));
            List<Agent> seen = new ArrayList<>();
            table.forEach(seen::add);
            assertThat(new HashSet<>(seen)).hasSameSizeAs(seen).containsAll(stable);
          });
    }
    assertThat(table.size()).isEqualTo(100);
  }
}
