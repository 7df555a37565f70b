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
  void idThatComesInTheMidstOfARemovalIsNotLost() {
    for (int moment = 1; moment <= 5; moment++) {
      Postings<WatchedKey> watched = new Postings<>();
      WatchedKey key = new WatchedKey();
      watched.add(key, "a");
      key.atLook(moment, () -> watched.add(key, "b"));
      watched.remove(key, "a");
      key.atLook(0, () -> {});
      watched.add(key, "c");
      assertThat(watched.ids(key)).as("coming at look %s", moment).doesNotContain("a");
      assertThat(watched.ids(key)).contains(key.ran() ? "b" : "c", "c");
    }
  }

  /** Runs something when the map looks at the hash code of this key for the n-th time. */
  private static final class WatchedKey {
    private int looks;
    private int moment;
    private boolean ran;
    private Runnable action = () -> {};

    void atLook(int which, Runnable run) {
      looks = 0;
      moment = which;
      action = run;
    }

    boolean ran() {
      return ran;
    }

    @Override
    public int hashCode() {
      if (++looks == moment) {
        ran = true;
        action.run();
      }
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
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
