package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Posting lists come and go with the slots in them (B3.3, B4.13). */
class PostingsTest {

  private static final int ROUNDS = 50_000;

  private final Postings<String> postings = new Postings<>(new ConcurrentHashMap<>());

  private boolean holds(int slot) {
    Posting list = postings.get("k");
    return list != null && list.contains(slot);
  }

  @Test
  void listIsDroppedWithItsLastSlot() {
    postings.add("k", 1);
    postings.add("k", 2);
    postings.add("k", 2);
    postings.remove("k", 1);
    assertThat(holds(1)).isFalse();
    assertThat(holds(2)).isTrue();
    postings.remove("k", 2);
    postings.remove("k", 2);
    assertThat(postings.get("k")).isNull();
    assertThat(postings.lists()).isEmpty();
  }

  @Test
  void slotThatComesToADroppedListMakesANewOne() {
    postings.add("k", 1);
    Posting former = postings.get("k");
    former.remove(1);
    assertThat(former.dropIfEmpty()).as("dropped, and not taken out yet").isTrue();
    postings.add("k", 2);
    assertThat(postings.get("k")).isNotSameAs(former);
    assertThat(holds(2)).isTrue();
  }

  @Test
  void slotIsNotLostWhileTheListIsDropped() throws Exception {
    try (TwoThreads threads = new TwoThreads()) {
      threads.race(() -> comeAndGo(1), () -> comeAndGo(2));
    }
    assertThat(postings.lists()).isEmpty();
  }

  private void comeAndGo(int slot) {
    for (int i = 0; i < ROUNDS; i++) {
      postings.add("k", slot);
      assertThat(holds(slot)).as("%s in round %s", slot, i).isTrue();
      postings.remove("k", slot);
    }
  }
}
