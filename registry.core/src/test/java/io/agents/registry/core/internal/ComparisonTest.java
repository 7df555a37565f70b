package io.agents.registry.core.internal;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Difference;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Operation;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.Eventually;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** Reads that are compared with a mirror that answers as it should, or does not: R16. */
class ComparisonTest {

  private static final int ALL = 10_000;
  private static final int AGENTS = 20;

  /** How many reads there is room for at once. */
  private static final int ROOM = 1_024;

  private static final int READERS = 4;

  private static final Query TRANSLATES = Query.parse("(capability=translation)");

  private final Scene scene = Scene.onLegacy();

  /** How many reads were made to hold the comparison. */
  private long held;

  @BeforeEach
  void mirror() {
    scene.registerMany("a", AGENTS);
    scene.comparisonBasisPoints = ALL;
    scene.configure("legacy", "ets");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test // R16.1
  void nothingIsComparedWithoutAMirrorOrAShare() {
    scene.configure("legacy", "");
    readAll();
    scene.comparisonBasisPoints = 0;
    scene.configure("legacy", "ets");
    readAll();
    assertThat(scene.core.comparison()).isEqualTo(ComparisonReport.NONE);
  }

  @Test // R16.1, R16.2
  void equalAnswersAreNoDifference() {
    int reads = readAll();
    ComparisonReport report = compared(reads);
    assertThat(report.unexplained()).isZero();
    assertThat(report.explainedByWrite() + report.explainedByOwner()).isZero();
    assertThat(report.latest()).isEmpty();
  }

  @Test // R16.3
  void anAgentThatTheMirrorLacksIsMissing() {
    scene.ets.answerLookups(agent -> null);
    scene.agent("a3");
    Difference difference = theOne(Operation.LOOKUP, Kind.MISSING);
    assertThat(difference.argument()).isEqualTo("a3");
    assertThat(difference.active()).isEqualTo("legacy");
    assertThat(difference.mirror()).isEqualTo("ets");
    assertThat(difference.activeAnswer()).startsWith("a3 #");
    assertThat(difference.mirrorAnswer()).isEqualTo("none");
  }

  @Test // R16.3
  void anAgentThatTheMirrorInventsIsExtra() {
    Agent other = scene.agent("a1");
    compared(1);
    scene.ets.answerLookups(agent -> agent == null ? other : agent);
    scene.agent("nobody");
    assertThat(theOne(Operation.LOOKUP, Kind.EXTRA).argument()).isEqualTo("nobody");
  }

  @Test // R16.3
  void anotherRevisionIsOne() {
    scene.ets.answerLookups(agent -> agent.withMetadata(agent.metadata()));
    scene.agent("a3");
    theOne(Operation.LOOKUP, Kind.OTHER_REVISION);
  }

  @Test // R16.3
  void theSameRevisionWithAnotherContentIsOne() {
    scene.ets.answerLookups(ComparisonTest::withOtherMetadata);
    scene.agent("a3");
    theOne(Operation.LOOKUP, Kind.OTHER_METADATA);
  }

  @Test // R16.3
  void aMirrorThatThrowsHasFailed() {
    scene.ets.failAt(Call.LOOKUP, 1);
    assertThat(scene.agent("a3")).as("the caller does not notice").isNotNull();
    assertThat(theOne(Operation.LOOKUP, Kind.FAILED).mirrorAnswer()).contains("fails on purpose");
  }

  @Test // R16.3
  void queriesAreComparedAgentByAgent() {
    scene.ets.answerLists(all -> all.subList(1, all.size()));
    scene.registry.query(TRANSLATES);
    Difference difference = theOne(Operation.QUERY, Kind.MISSING);
    assertThat(difference.argument()).isEqualTo("(capability=translation)");
    assertThat(difference.activeAnswer()).startsWith(AGENTS + " agents: ");
    scene.ets.answerLists(
        all -> {
          List<Agent> changed = new ArrayList<>(all);
          changed.set(0, withOtherMetadata(changed.get(0)));
          return changed;
        });
    scene.registry.findByAttribute("capability", "translation");
    await(2, 2);
    assertThat(scene.core.comparison().differences(Operation.QUERY, Kind.OTHER_METADATA))
        .isEqualTo(1);
  }

  @Test // R16.3
  void countsAreCompared() {
    scene.ets.answerCounts(count -> count - 1);
    scene.registry.count(TRANSLATES);
    Difference difference = theOne(Operation.COUNT, Kind.MISSING);
    assertThat(difference.activeAnswer()).isEqualTo("20");
    assertThat(difference.mirrorAnswer()).isEqualTo("19");
  }

  @Test // R16.3
  void anOrderThatIsPromisedIsPartOfTheAnswer() {
    scene.ets.answerLists(ComparisonTest::reversed);
    scene.registry.query(TRANSLATES);
    scene.registry.find(Search.of(TRANSLATES));
    assertThat(compared(2).unexplained()).as("without an order").isZero();
    scene.ets.answerLists(UnaryOperator.identity());
    scene.ets.answerSearches(ComparisonTest::reversed);
    scene.registry.find(Search.of(TRANSLATES).orderBy("capability"));
    scene.registry.find(Search.of(TRANSLATES).orderBy("capability").limit(AGENTS));
    await(4, 2);
    assertThat(scene.core.comparison().differences(Operation.QUERY, Kind.OTHER_ORDER)).isEqualTo(2);
  }

  @Test // R16.3
  void ofALimitedListEveryAgentMatters() {
    scene.ets.answerSearches(all -> all.subList(1, all.size()));
    scene.registry.find(Search.of(TRANSLATES).limit(3));
    theOne(Operation.QUERY, Kind.MISSING);
  }

  @Test // R16.3
  void whetherThereIsOneIsCompared() {
    assertThat(scene.registry.exists(TRANSLATES)).isTrue();
    assertThat(compared(1).unexplained()).isZero();
    scene.ets.answerLists(all -> List.of());
    assertThat(scene.registry.exists(TRANSLATES)).isTrue();
    await(2, 1);
    assertThat(scene.core.comparison().differences(Operation.QUERY, Kind.MISSING)).isEqualTo(1);
  }

  private static List<Agent> reversed(List<Agent> all) {
    List<Agent> other = new ArrayList<>(all);
    Collections.reverse(other);
    return other;
  }

  @Test // R16.4
  void aWriteBetweenTheTwoReadsExplainsADifference() throws Exception {
    CountDownLatch written = hold();
    scene.agent("a3");
    scene.agent("a4");
    scene.registry.updateMetadata("a3", Map.of("step", 2));
    scene.registry.unregister("a4");
    written.countDown();
    ComparisonReport report = compared(2);
    assertThat(report.unexplained()).as("%s", report).isZero();
    assertThat(report.explainedByWrite()).isEqualTo(2);
  }

  @Test // R16.4
  void aWriteExplainsListsAndCountsToo() throws Exception {
    CountDownLatch written = hold();
    scene.agent("a1");
    scene.registry.agents();
    scene.registry.count();
    scene.registry.count(TRANSLATES);
    scene.registry.query(TRANSLATES);
    scene.register("late");
    scene.registry.unregister("a4");
    scene.registry.unregister("a5");
    written.countDown();
    ComparisonReport report = compared(5);
    assertThat(report.unexplained()).as("%s", report).isZero();
    assertThat(report.explainedByWrite()).isEqualTo(4);
  }

  @Test // R16.4
  void aWriteOfAnotherIdExplainsNothing() throws Exception {
    CountDownLatch written = hold();
    scene.ets.answerLookups(ComparisonTest::noneButTheFirst);
    scene.agent("a3");
    scene.registry.updateMetadata("a4", Map.of("step", 2));
    written.countDown();
    theOne(Operation.LOOKUP, Kind.MISSING);
  }

  @Test // R16.4
  void aWriteDoesNotExplainSidesThatAreNotInStep() throws Exception {
    CountDownLatch written = hold();
    scene.agent("a3");
    scene.registry.updateMetadata("a3", Map.of("step", 2));
    scene.ets.answerLookups(ComparisonTest::noneButTheFirst);
    written.countDown();
    theOne(Operation.LOOKUP, Kind.MISSING);
  }

  @Test // R16.5
  void anOwnerThatIsGoneExplainsADifference() {
    ServiceReference<?> other = scene.owners.newService();
    scene.registry.register("dead", other, Map.of("capability", "translation"));
    scene.owners.unregister(other);
    scene.agent("dead");
    scene.registry.query(TRANSLATES);
    scene.registry.agents();
    scene.registry.count();
    scene.registry.count(TRANSLATES);
    ComparisonReport report = compared(5);
    assertThat(report.unexplained()).as("%s", report).isZero();
    assertThat(report.explainedByOwner()).isEqualTo(5);
  }

  @Test // R15.8, R16.5, R16.6
  void aFormerBackendThatStillHoldsWhatIsDroppedIsNotComparedWith() {
    ServiceReference<?> other = scene.owners.newService();
    scene.registry.register("dead", other, Map.of());
    scene.owners.unregister(other);
    CountDownLatch asked = new CountDownLatch(1);
    scene.legacy.before(
        Call.REMOVE,
        1,
        dead -> {
          scene.legacy.before(Call.SIZE, 1, none -> asked.countDown());
          scene.registry.count();
          Eventually.passes(
              "the count is judged",
              () ->
                  assertThat(asked.getCount() == 0 || chosen(scene.core.comparison()) == 1)
                      .isTrue());
        });
    scene.configure("ets", "legacy");
    scene.toEts();
    assertThat(scene.legacy.holds("dead")).as("in the mirror").isNull();
    scene.registry.count();
    ComparisonReport report = compared(2);
    assertThat(report.unexplained()).as("%s", report).isZero();
    assertThat(report.notCompared()).as("while it held the agent").isEqualTo(1);
  }

  @Test // R16.6
  void whileThereIsNoRoomNothingIsChosenAndNobodyWaits() throws Exception {
    CountDownLatch written = hold();
    lookups(5_000);
    written.countDown();
    await(ROOM - 1, 0);
    ComparisonReport report = scene.core.comparison();
    assertThat(chosen(report)).as("what there was room for: %s", report).isEqualTo(ROOM);
    assertThat(report.notCompared()).as("it would be the one that took the last room").isZero();
    assertThatReadsAreComparedAgain();
  }

  @Test // R16.6
  void aSettingThatChangesWhileThereIsNoRoomChangesNothingOfThat() throws Exception {
    CountDownLatch written = hold();
    lookups(5_000);
    scene.comparisonBasisPoints = ALL - 1;
    scene.configure("legacy", "ets");
    lookups(5_000);
    assertThat(scene.core.comparison().notCompared()).as("the first one closes it").isEqualTo(1);
    written.countDown();
    await(ROOM, 0);
    assertThatReadsAreComparedAgain();
  }

  @Test // R16.6
  void noMoreThanTheConfiguredNumberIsComparedInASecond() {
    scene.comparisonsPerSecond = 100;
    scene.configure("legacy", "");
    scene.configure("legacy", "ets");
    long begun = System.nanoTime();
    assertThatReadsAreCompared(ROOM + 50);
    long compared = scene.core.comparison().compared();
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat((double) compared)
        .as("what there is room for at once, and what %s s make room for", seconds)
        .isBetween((double) ROOM, ROOM + 1 + 100 * seconds);
  }

  @Test // R16.6
  void manyReadersWhoFindNoRoomLeaveNoneThatIsNotUsed() throws Exception {
    scene.comparisonsPerSecond = 1_000_000;
    scene.configure("legacy", "");
    scene.configure("legacy", "ets");
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      for (int round = 0; round < 20; round++) {
        for (Future<?> reader : readers.invokeAll(nCopies(READERS, this::manyLookups))) {
          reader.get();
        }
        assertThatReadsAreComparedAgain();
      }
    } finally {
      readers.shutdown();
    }
    assertThat(scene.core.comparison().unexplained()).isZero();
  }

  private Void manyLookups() {
    lookups(10_000);
    return null;
  }

  private void lookups(int reads) {
    for (int i = 0; i < reads; i++) {
      assertThat(scene.agent("a" + i % AGENTS)).isNotNull();
    }
  }

  private void assertThatReadsAreComparedAgain() {
    assertThatReadsAreCompared(scene.core.comparison().compared() + ROOM / 50);
  }

  private void assertThatReadsAreCompared(long all) {
    Eventually.passes(
        "there is room for more reads",
        () -> {
          lookups(AGENTS);
          assertThat(scene.core.comparison().compared()).isGreaterThan(all);
        });
  }

  @Test // R16.6
  void aChangeOfTheMirrorMakesNoDifference() throws Exception {
    CountDownLatch written = hold();
    scene.agent("a3");
    scene.agent("a4");
    scene.configure("legacy", "");
    written.countDown();
    await(2, 0);
    assertThat(scene.core.comparison().notCompared()).as("these, and the held one").isEqualTo(3);
  }

  @Test // R16.7
  void theLatestExamplesAreKept() {
    scene.ets.answerLookups(agent -> null);
    int reads = ComparisonReport.LATEST_KEPT + 10;
    for (int i = 0; i < reads; i++) {
      scene.agent("a" + i % AGENTS);
    }
    ComparisonReport report = compared(reads);
    assertThat(report.unexplained()).isEqualTo(reads);
    assertThat(report.latest()).hasSize(ComparisonReport.LATEST_KEPT);
    assertThat(report.since(report).unexplained()).isZero();
    assertThat(report.since(report).latest()).isEmpty();
  }

  @Test // R16.1
  void aShareIsThatShare() {
    scene.comparisonBasisPoints = ALL / 100;
    scene.configure("legacy", "ets");
    int reads = 80_000;
    for (int i = 0; i < reads; i++) {
      scene.agent("a" + i % AGENTS);
    }
    ComparisonReport report = scene.core.comparison();
    Eventually.passes(
        "the reads are compared",
        () -> assertThat(chosen(scene.core.comparison())).isBetween(650L, 950L));
    assertThat(report.unexplained()).isZero();
  }

  /** The mirror stands still at its next lookup until it may go on. */
  private CountDownLatch hold() throws InterruptedException {
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch stands = new CountDownLatch(1);
    scene.ets.before(
        Call.LOOKUP,
        1,
        none -> {
          stands.countDown();
          try {
            if (!goesOn.await(60, TimeUnit.SECONDS)) {
              throw new IllegalStateException("the test has ended");
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    scene.agent("a0");
    assertThat(stands.await(60, TimeUnit.SECONDS)).as("the first comparison").isTrue();
    held = 1;
    return goesOn;
  }

  /** The one that holds the comparison is found. */
  private static Agent noneButTheFirst(Agent agent) {
    return agent != null && agent.id().equals("a0") ? agent : null;
  }

  private static Agent withOtherMetadata(Agent agent) {
    return new Agent(
        agent.id(),
        agent.service(),
        agent.owner(),
        agent.registrar(),
        Metadata.copyOf(Map.of("other", true)),
        agent.registration(),
        agent.revision(),
        agent.registeredAtMillis());
  }

  /** How many reads that is. */
  private int readAll() {
    scene.agent("a3");
    scene.agent("nobody");
    scene.registry.agents();
    scene.registry.query(TRANSLATES);
    scene.registry.count();
    scene.registry.count(TRANSLATES);
    return 6;
  }

  private Difference theOne(Operation operation, Kind kind) {
    await(scene.core.comparison().compared() == 0 ? 1 : 0, 1);
    ComparisonReport report = scene.core.comparison();
    assertThat(report.differences(operation, kind)).as("%s", report).isEqualTo(1);
    assertThat(report.unexplained()).isEqualTo(1);
    assertThat(report.explainedByWrite()).isZero();
    return report.latest().get(report.latest().size() - 1);
  }

  private ComparisonReport compared(int reads) {
    await(reads, 0);
    return scene.core.comparison();
  }

  private void await(int reads, int unexplained) {
    Eventually.passes(
        reads + " reads are compared, and " + unexplained + " differ",
        () -> {
          ComparisonReport report = scene.core.comparison();
          assertThat(chosen(report)).isGreaterThanOrEqualTo(reads + held);
          assertThat(report.unexplained()).isGreaterThanOrEqualTo(unexplained);
        });
  }

  private static long chosen(ComparisonReport report) {
    return report.compared() + report.notCompared();
  }
}
