package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a reader is told of changes around it (B5.1, B5.2). */
class ChangeLogTest {

  private final ChangeLog log = new ChangeLog();

  private void change(int slot) {
    log.begin(slot);
    log.end(slot);
  }

  @Test
  void nothingHasChangedWhileNobodyWrites() {
    assertThat(log.changedSince(log.mark())).isEmpty();
    change(7);
    assertThat(log.changedSince(log.mark())).as("what ended before the mark").isEmpty();
  }

  @Test
  void changesAfterTheMarkAreToldOnceAndInOrder() {
    ChangeLog.Mark mark = log.mark();
    change(70);
    change(5);
    change(70);
    log.begin(130);
    assertThat(log.changedSince(mark)).containsExactly(5, 70, 130);
  }

  @Test
  void whatWasUnderWayAtTheMarkIsTold() {
    log.begin(0);
    log.begin(slotOfStripe(3));
    log.begin(slotOfStripe(4));
    log.end(slotOfStripe(3));
    ChangeLog.Mark mark = log.mark();
    log.end(0);
    change(0);
    assertThat(log.changedSince(mark)).containsExactly(0, slotOfStripe(4));
  }

  private static int slotOfStripe(int stripe) {
    int slot = 0;
    while (SlotTable.stripe(slot) != stripe) {
      slot++;
    }
    return slot;
  }

  @Test
  void ringThatWasOverwrittenIsNoticedAndOneThatWasFilledIsNot() {
    ChangeLog.Mark mark = log.mark();
    for (int i = 0; i < ChangeLog.RING; i++) {
      change(i % 10);
    }
    assertThat(log.changedSince(mark)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    change(11);
    assertThat(log.changedSince(mark)).isNull();
    assertThat(log.changedSince(log.mark())).isEmpty();
  }
}
