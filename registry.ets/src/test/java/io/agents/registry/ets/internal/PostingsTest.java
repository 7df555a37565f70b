package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Posting lists come and go with the ids in them (B3.3, B4.13). */
class PostingsTest {

  private static final int ROUNDS = 50_000;

  private final Postings<String> postings = new Postings<>();

  @Test
  void listIsDroppedWithItsLastId() {
    postings.add("k", "a");
    postings.add("k", "b");
    postings.add("k", "b");
    postings.remove("k", "a");
    assertThat(postings.ids("k")).containsExactly("b");
    postings.remove("k", "b");
    postings.remove("k", "b");
    assertThat(postings.ids("k")).isEmpty();
    assertThat(postings.keys()).isEmpty();
  }

  @Test
  void idIsNotLostWhileTheListIsDropped() throws Exception {
    try (TwoThreads threads = new TwoThreads()) {
      threads.race(() -> comeAndGo("a"), () -> comeAndGo("b"));
    }
    assertThat(postings.keys()).isEmpty();
  }

  private void comeAndGo(String id) {
    for (int i = 0; i < ROUNDS; i++) {
      postings.add("k", id);
      assertThat(postings.ids("k").contains(id)).as("%s in round %s", id, i).isTrue();
      postings.remove("k", id);
    }
  }
}
