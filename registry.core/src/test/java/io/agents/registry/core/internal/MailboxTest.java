package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.core.internal.Mailbox.Joined;
import io.agents.registry.core.internal.Mailbox.Task;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for a listener, state by state: R10.3, R10.4, R10.10 to R10.13. */
@Timeout(30)
class MailboxTest {

  private static final int CAPACITY = 2;
  private static final Predicate<Agent> TRANSLATORS = matching("(capability=translation)");

  private final LongAdder missedByAll = new LongAdder();
  private final Mailbox mailbox = new Mailbox(TRANSLATORS, () -> CAPACITY, missedByAll);
  private final Fixtures fixtures = new Fixtures(new FakeOwners());
  private final Agent translator = fixtures.agent("a", Map.of("capability", "translation"));
  private final Agent searcher = fixtures.agent("b", Map.of("capability", "search"));

  private static Predicate<Agent> matching(String filter) {
    Query query = Query.parse(filter);
    return agent -> query.matches(agent.metadata());
  }

  /** Claims the mailbox as a thread of the listener does, and tells it what is there. */
  private void join() {
    assertThat(mailbox.claim()).isTrue();
    assertThat(mailbox.next()).isEqualTo(Task.JOIN);
    mailbox.beginJoin();
    assertThat(mailbox.endJoin()).isNotNull();
    mailbox.started();
  }

  private void joinAndRest() {
    join();
    assertThat(mailbox.next()).isEqualTo(Task.REST);
  }

  private void register(Agent... agents) {
    for (Agent agent : agents) {
      mailbox.offer(Change.registered(agent));
    }
  }

  @Test
  void aNewMailboxWaitsForTheFirstReadingAndHasMissedNothing() {
    assertThat(mailbox.isListening()).isTrue();
    register(translator);
    assertThat(mailbox.claim()).isTrue();
    assertThat(mailbox.claim()).as("a second claim").isFalse();
    assertThat(mailbox.next()).isEqualTo(Task.JOIN);
    mailbox.beginJoin();
    Joined joined = mailbox.endJoin();
    assertThat(joined).isNotNull();
    assertThat(joined.missed()).isZero();
    assertThat(joined.touched()).isEmpty();
    assertThat(joined.filter()).isSameAs(TRANSLATORS);
    assertThat(mailbox.next()).isEqualTo(Task.REST);
    assertThat(missedByAll.sum()).isZero();
  }

  @Test
  void whoRestsIsClaimedAgainByTheNextChangeOnly() {
    joinAndRest();
    assertThat(mailbox.claim()).as("without a change").isFalse();
    register(translator);
    assertThat(mailbox.claim()).isTrue();
    register(searcher);
    assertThat(mailbox.claim()).as("while a thread is there").isFalse();
    assertThat(mailbox.next()).isEqualTo(Task.TELL);
    assertThat(mailbox.poll()).isEqualTo(Change.registered(translator));
    assertThat(mailbox.next()).isEqualTo(Task.TELL);
    assertThat(mailbox.poll()).isEqualTo(Change.registered(searcher));
    assertThat(mailbox.poll()).isNull();
    assertThat(mailbox.next()).isEqualTo(Task.REST);
  }

  @Test
  void whatDoesNotFitAnyMoreIsCountedAndTheListenerJoinsAnew() {
    joinAndRest();
    register(translator, searcher, translator);
    assertThat(missedByAll.sum()).isEqualTo(1);
    register(searcher, translator);
    assertThat(missedByAll.sum()).as("while it is stale").isEqualTo(2);
    assertThat(mailbox.claim()).isTrue();
    assertThat(mailbox.next()).as("what fitted comes first").isEqualTo(Task.TELL);
    assertThat(mailbox.poll()).isNotNull();
    assertThat(mailbox.poll()).isNotNull();
    assertThat(mailbox.next()).isEqualTo(Task.JOIN);
    mailbox.beginJoin();
    assertThat(mailbox.endJoin()).extracting(Joined::missed).isEqualTo(2L);
    assertThat(mailbox.next()).isEqualTo(Task.REST);
    register(translator);
    assertThat(missedByAll.sum()).as("after it has joined").isEqualTo(2);
  }

  @Test
  void whatDoesNotConcernTheListenerMayOverflow() {
    joinAndRest();
    register(translator, translator, searcher, searcher);
    assertThat(missedByAll.sum()).isZero();
    assertThat(mailbox.claim()).isTrue();
    mailbox.poll();
    mailbox.poll();
    assertThat(mailbox.next()).as("nothing was lost").isEqualTo(Task.REST);
  }

  @Test
  void ofWhatHappensDuringAReadingTheLastOutcomeOfEachIdIsKept() {
    mailbox.claim();
    mailbox.next();
    mailbox.beginJoin();
    register(translator, searcher);
    mailbox.offer(Change.unregistered(translator, Reason.ASKED));
    Joined joined = mailbox.endJoin();
    assertThat(joined).isNotNull();
    assertThat(joined.touched())
        .containsOnlyKeys("a", "b")
        .hasEntrySatisfying("a", outcome -> assertThat(outcome).isEmpty())
        .hasEntrySatisfying("b", outcome -> assertThat(outcome).contains(searcher));
    register(translator);
    assertThat(mailbox.next()).as("what comes after the reading is queued").isEqualTo(Task.TELL);
  }

  @Test
  void whatHappensDuringALaterReadingIsMissed() {
    joinAndRest();
    mailbox.failedToJoin(5);
    mailbox.beginJoin();
    register(translator, searcher);
    assertThat(missedByAll.sum()).isEqualTo(1);
    assertThat(mailbox.endJoin()).extracting(Joined::missed).isEqualTo(6L);
  }

  @Test
  void aChangeThatTheListenerFailedToTakeIsMissedWithWhatWaitsBehindIt() {
    join();
    register(translator, translator);
    mailbox.poll();
    mailbox.failed();
    assertThat(missedByAll.sum()).isEqualTo(2);
    assertThat(mailbox.poll()).isNull();
    assertThat(mailbox.next()).isEqualTo(Task.JOIN);
    mailbox.beginJoin();
    assertThat(mailbox.endJoin()).extracting(Joined::missed).isEqualTo(2L);
  }

  @Test
  void anotherFilterMeansAnotherReading() {
    join();
    mailbox.filter(matching("(capability=search)"));
    assertThat(mailbox.claim()).as("while a thread is there").isFalse();
    assertThat(mailbox.next()).isEqualTo(Task.JOIN);
    mailbox.beginJoin();
    mailbox.filter(TRANSLATORS);
    assertThat(mailbox.endJoin()).as("a reading for the former filter").isNull();
    mailbox.beginJoin();
    assertThat(mailbox.endJoin()).isNotNull();
    assertThat(mailbox.next()).isEqualTo(Task.REST);
    mailbox.filter(matching("(capability=search)"));
    assertThat(mailbox.claim()).as("when it rests").isTrue();
  }

  @Test
  void withoutAFilterNothingIsToldKeptOrMissed() {
    joinAndRest();
    mailbox.filter(null);
    assertThat(mailbox.isListening()).isFalse();
    register(translator, translator, translator);
    assertThat(mailbox.claim()).isFalse();
    assertThat(mailbox.next()).isEqualTo(Task.REST);
    assertThat(mailbox.poll()).isNull();
    mailbox.beginJoin();
    assertThat(mailbox.endJoin()).isNull();
    assertThat(missedByAll.sum()).isZero();
    Mailbox mute = new Mailbox(null, () -> CAPACITY, missedByAll);
    assertThat(mute.claim()).isFalse();
    assertThat(mute.isListening()).isFalse();
  }

  @Test
  void aClosedMailboxTakesNothingAndIsClaimedByNobody() {
    joinAndRest();
    register(translator);
    mailbox.close();
    assertThat(mailbox.isClosed()).isTrue();
    assertThat(mailbox.claim()).isFalse();
    assertThat(mailbox.poll()).isNull();
    register(translator);
    assertThat(mailbox.poll()).isNull();
    assertThat(mailbox.next()).isEqualTo(Task.REST);
  }

  @Test
  void afterTheDeathOfItsThreadAnotherOneBeginsAnew() {
    join();
    register(translator);
    mailbox.abandoned();
    assertThat(missedByAll.sum()).isEqualTo(1);
    assertThat(mailbox.claim()).isTrue();
    assertThat(mailbox.next()).isEqualTo(Task.JOIN);
  }

  @Test
  void aPauseLastsAsLongAsItWasAskedFor() throws Exception {
    long start = System.nanoTime();
    mailbox.pause(50);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49));
  }

  @Test
  void aPauseEndsWhenTheMailboxIsClosed() throws Exception {
    Thread pausing =
        new Thread(
            () -> {
              try {
                mailbox.pause(TimeUnit.HOURS.toMillis(1));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    pausing.setDaemon(true);
    pausing.start();
    while (pausing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    mailbox.close();
    pausing.join();
    mailbox.pause(TimeUnit.HOURS.toMillis(1));
  }
}
