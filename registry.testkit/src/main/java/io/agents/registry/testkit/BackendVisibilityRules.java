package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** B5.4, B5.5 and B5.9: what readers see of a single write, and after the end. */
final class BackendVisibilityRules {

  private static final int ROUNDS = 3_000;

  private BackendVisibilityRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B5.4", "replace is one step for a lookup", BackendVisibilityRules::replaceIsOneStep),
        new RuleCheck<>(
            "B5.5",
            "a read after a write sees it on another thread",
            BackendVisibilityRules::readsAfterWrites),
        new RuleCheck<>(
            "B5.9",
            "a deactivated backend goes on answering",
            BackendVisibilityRules::answersAfterEnd));
  }

  private static void replaceIsOneStep(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent first = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent second = fixtures.agent("a", Fixtures.SEARCHER);
    backend.putIfAbsent(first);
    new Workers()
        .writer(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                assertThat(backend.replace(first, second)).isTrue();
                assertThat(backend.replace(second, first)).isTrue();
              }
            })
        .reader(
            () ->
                assertThat(backend.lookup("a"))
                    .as("what is found while it is replaced")
                    .isIn(first, second))
        .reader(() -> assertThat(backend.size()).as("size while it is replaced").isEqualTo(1))
        .run();
  }

  private static void readsAfterWrites(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    SynchronousQueue<Agent> written = new SynchronousQueue<>();
    Agent first = fixtures.agent("a", BackendThreadRules.numbered(1));
    backend.putIfAbsent(first);
    int rounds = ROUNDS;
    new Workers()
        .writer(
            () -> {
              Agent present = first;
              for (int i = 0; i < rounds; i++) {
                Agent next =
                    present.withMetadata(BackendThreadRules.numbered(present.revision() + 1));
                assertThat(backend.replace(present, next)).isTrue();
                present = next;
                assertThat(written.offer(present, 30, TimeUnit.SECONDS))
                    .as("taken by the reader")
                    .isTrue();
              }
            })
        .writer(
            () -> {
              for (int i = 0; i < rounds; i++) {
                Agent expected = written.poll(30, TimeUnit.SECONDS);
                assertSeen(backend, expected);
              }
            })
        .run();
  }

  /** What is read may be one revision further, since the writer goes on. */
  private static void assertSeen(RegistryBackend backend, Agent expected) {
    assertThat(expected).as("written in time").isNotNull();
    assertThat(backend.lookup("a").revision())
        .as("revision found")
        .isBetween(expected.revision(), expected.revision() + 1);
    String former = "n" + (expected.revision() - 1);
    assertThat(backend.query(Query.where("capability").equalTo(former)))
        .as("found by a value of before")
        .isEmpty();
  }

  private static void answersAfterEnd(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 5, Fixtures.TRANSLATOR);
    agents.forEach(backend::putIfAbsent);
    tested.deactivate();
    assertThatCode(
            () -> {
              backend.lookup("a-0");
              backend.query(Query.parse("(capability=translation)"));
              backend.count(Query.parse("(node=node-1)"));
              backend.explain(Query.parse("(node=node-1)"));
              backend.forEach(agent -> assertThat(agents).contains(agent));
              backend.size();
              backend.indexedAttributes();
              backend.monitoring();
              backend.setOwnerGoneHandler(null);
              backend.remove(agents.get(0));
              backend.clear();
            })
        .doesNotThrowAnyException();
    assertThat(backend.lookup("a-0")).as("what is found after remove and clear").isNull();
  }
}
