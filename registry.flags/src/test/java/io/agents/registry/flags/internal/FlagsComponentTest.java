package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagListener;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.UnknownFlagException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class FlagsComponentTest {

  private static final List<String> OWN =
      List.of(
          Rollout.MONITORING,
          Rollout.ENFORCE,
          Rollout.RETIRE_LEGACY,
          Rollout.SHADOW,
          FeatureFlags.USE_ETS);
  private static final String FLAG = FeatureFlags.USE_ETS;
  private static final String PID = FeatureFlags.PID;

  @TempDir Path data;

  private final long seed = System.nanoTime();
  private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(seed);
  private FlagsComponent flags;

  @BeforeEach
  void start() {
    flags = start(true);
  }

  @AfterEach
  void stop() {
    flags.deactivate();
    admin.close();
  }

  private void restart(boolean inStep) {
    flags.deactivate();
    flags = start(inStep);
  }

  private FlagsComponent start(boolean inStep) {
    BundleContext context = Contexts.listeningTo(admin, inStep, data);
    return new FlagsComponent(context, admin, node("node-1"), Map.of());
  }

  static NodeConfiguration node(String name) {
    NodeConfiguration node = mock(NodeConfiguration.class);
    when(node.node_name()).thenReturn(name);
    when(node.flag_source()).thenReturn("");
    return node;
  }

  private FlagsComponent define(String name, FlagValue defaultValue) {
    flags.define(reference(), FlagDefinition.of(name, "a flag", defaultValue));
    return flags;
  }

  /** Equal to itself alone, and of no order: enough for definitions that do not compete. */
  @SuppressWarnings("unchecked")
  private static ServiceReference<FlagDefinition> reference() {
    return (ServiceReference<FlagDefinition>)
        Proxy.newProxyInstance(
            FlagsComponentTest.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "compareTo" ->
                      Integer.compare(
                          System.identityHashCode(proxy), System.identityHashCode(arguments[0]));
                  default -> null;
                });
  }

  /** F1.1, F1.11 */
  @Test
  void theFlagOfTheRegistryIsThereAndOff() {
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(flags.list())
        .filteredOn(state -> state.name().equals(FLAG))
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.name()).isEqualTo(FLAG);
              assertThat(state.defaultValue()).isEqualTo(FlagValue.OFF);
              assertThat(state.configured()).isFalse();
              assertThat(state.description()).isNotBlank();
            });
    assertThat(admin.values(PID)).isNull();
  }

  /** F1.3: with events in step, and with events that come late and in any order. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeIsWrittenAndInEffectWhenItReturns(boolean inStep) {
    restart(inStep);
    FlagChange change = flags.enable(FLAG, "trial");
    assertThat(flags.isEnabled(FLAG)).isTrue();
    assertThat(admin.values(PID)).containsEntry(FLAG, "on");
    assertThat(change)
        .extracting(
            FlagChange::flag,
            FlagChange::from,
            FlagChange::to,
            FlagChange::reason,
            FlagChange::source,
            FlagChange::configured)
        .containsExactly(FLAG, FlagValue.OFF, FlagValue.ON, "trial", FlagChange.Source.CALL, true);
    assertThat(flags.disable(FLAG, "").to()).isEqualTo(FlagValue.OFF);
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(flags.setPercentage(FLAG, 12.5, "").to()).hasToString("12.5%");
    assertThat(admin.values(PID)).containsEntry(FLAG, "12.5%");
    assertThat(flags.isEnabled(FLAG)).as("node-1 is in bucket 843").isTrue();
    assertThat(flags.isEnabled(FLAG, "node-2")).as("node-2 is in bucket 1432").isFalse();
    flags.setPercentage(FLAG, 8.43, "");
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(flags.history()).hasSize(4);
  }

  /** F1.14 */
  @Test
  void resetGivesTheDefaultAgainAndRemovesTheKey() throws IOException {
    define("two", FlagValue.ON);
    admin.put(PID, Map.of("two", "off", FLAG, "on", "stranger", 5));
    FlagChange change = flags.reset("two", "enough");
    assertThat(change.from()).isEqualTo(FlagValue.OFF);
    assertThat(change.to()).isEqualTo(FlagValue.ON);
    assertThat(change.configured()).isFalse();
    assertThat(admin.values(PID)).doesNotContainKey("two").containsEntry(FLAG, "on");
    assertThat(flags.resetAll("all")).singleElement().extracting(FlagChange::flag).isEqualTo(FLAG);
    assertThat(admin.values(PID)).containsOnlyKeys("service.pid", "stranger");
    int writes = admin.writes().size();
    assertThat(flags.resetAll("again")).isEmpty();
    assertThat(flags.reset(FLAG, "again").changesValue()).isFalse();
    assertThat(admin.writes()).hasSize(writes);
  }

  /** One toggle, one write, then silence. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEventsOfAnOwnWriteChangeNothingMore(boolean inStep) {
    restart(inStep);
    AtomicInteger told = new AtomicInteger();
    AtomicInteger delivered = new AtomicInteger();
    flags.onChange(told::incrementAndGet);
    admin.listen(event -> delivered.incrementAndGet(), false);
    for (int i = 0; i < 50; i++) {
      flags.enable(FLAG, "");
      flags.disable(FLAG, "");
    }
    flags.enable(FLAG, "the last");
    await("the last event").until(() -> delivered.get() > 0);
    assertThat(admin.writes()).hasSize(101);
    assertThat(told).hasValue(101);
    assertThat(flags.history()).hasSize(101);
    FlagChange again = flags.enable(FLAG, "again");
    assertThat(again.changesValue()).isFalse();
    assertThat(again.to()).isEqualTo(FlagValue.ON);
    assertThat(admin.writes()).hasSize(101);
    assertThat(flags.history()).hasSize(101);
    assertThat(told).hasValue(101);
  }

  /** F1.3: whoever came last. */
  @Test
  void aWriteByAnybodyCounts() throws IOException {
    flags.enable(FLAG, "");
    admin.put(PID, Map.of(FLAG, false));
    assertThat(flags.isEnabled(FLAG)).isFalse();
    flags.enable(FLAG, "");
    assertThat(flags.isEnabled(FLAG)).isTrue();
    admin.put(PID, Map.of(FLAG, " 50 % "));
    assertThat(flags.state(FLAG).value()).hasToString("50%");
    admin.delete(PID);
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(flags.state(FLAG).configured()).isFalse();
    assertThat(flags.history())
        .extracting(FlagChange::source)
        .containsExactly(
            FlagChange.Source.CALL,
            FlagChange.Source.CONFIGURATION,
            FlagChange.Source.CALL,
            FlagChange.Source.CONFIGURATION,
            FlagChange.Source.CONFIGURATION);
  }

  @Test
  void aWriteByAnybodyCountsAlsoIfItIsToldLate() throws IOException {
    restart(false);
    admin.put(PID, Map.of(FLAG, "on"));
    await("the flag on").until(() -> flags.isEnabled(FLAG));
  }

  @Test
  void otherKeysAndTheirTypesStayAndAValueThatSaysTheSameIsNotWritten() throws IOException {
    String[] array = {"a", "b"};
    admin.put(
        PID,
        Map.of(
            FLAG,
            true,
            "felix.fileinstall.filename",
            "file:flags.cfg",
            "future_flag",
            12.5,
            "junk",
            array));
    assertThat(flags.enable(FLAG, "").changesValue()).isFalse();
    assertThat(admin.writes()).hasSize(1);
    flags.disable(FLAG, "");
    assertThat(admin.values(PID))
        .containsEntry(FLAG, "off")
        .containsEntry("felix.fileinstall.filename", "file:flags.cfg")
        .containsEntry("future_flag", 12.5)
        .containsEntry("junk", array);
  }

  @Test
  void keysDoNotTellCasesApart() throws IOException {
    admin.put(PID, Map.of("Use_ETS_agent_registry", "on"));
    assertThat(flags.isEnabled(FLAG)).isTrue();
    flags.disable(FLAG, "");
    assertThat(admin.values(PID)).hasSize(2).containsEntry(FLAG, "off");
  }

  @Test
  void aBadValueIsReplacedByACallThatSaysWhatIsInEffectAnyway() throws IOException {
    admin.put(PID, Map.of(FLAG, "banana"));
    assertThat(flags.isEnabled(FLAG)).isFalse();
    flags.disable(FLAG, "");
    assertThat(admin.values(PID)).containsEntry(FLAG, "off");
  }

  /** F1.2 */
  @Test
  void anUnknownFlagIsRefusedWithTheKnownOnes() {
    define("two", FlagValue.ON);
    for (Runnable call :
        List.<Runnable>of(
            () -> flags.isEnabled("nope"),
            () -> flags.isEnabled("nope", "x"),
            () -> flags.enable("nope", ""),
            () -> flags.disable("nope", ""),
            () -> flags.setPercentage("nope", 5, ""),
            () -> flags.reset("nope", ""),
            () -> flags.state("nope"))) {
      assertThatExceptionOfType(UnknownFlagException.class)
          .isThrownBy(call::run)
          .satisfies(e -> assertThat(e.known()).contains("two").containsAll(OWN).isSorted());
    }
    assertThat(admin.writes()).isEmpty();
  }

  @Test
  void badArgumentsAreRefusedAndChangeNothing() {
    for (Runnable call :
        List.<Runnable>of(
            () -> flags.isEnabled(null),
            () -> flags.isEnabled(null, "x"),
            () -> flags.isEnabled(FLAG, (String) null),
            () -> flags.enable(null, ""),
            () -> flags.enable(FLAG, null),
            () -> flags.enable(FLAG, "x".repeat(1001)),
            () -> flags.resetAll(null),
            () -> flags.state(null),
            () -> flags.setPercentage(FLAG, Double.NaN, ""),
            () -> flags.setPercentage(FLAG, -1, ""),
            () -> flags.setPercentage(FLAG, 100.01, ""),
            () -> flags.setPercentage(FLAG, 0.001, ""))) {
      assertThatIllegalArgumentException().isThrownBy(call::run);
    }
    assertThat(admin.writes()).isEmpty();
    assertThat(flags.history()).isEmpty();
  }

  @Test
  void aConfigurationThatCannotBeWrittenChangesNothing() {
    flags.setPercentage(FLAG, 5, "");
    List<FlagState> before = flags.list();
    admin.fail(new IOException("disk full"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> flags.enable(FLAG, ""))
        .withMessageContaining(PID);
    assertThat(flags.list()).isEqualTo(before);
    admin.fail(null);
    flags.enable(FLAG, "");
    assertThat(flags.isEnabled(FLAG)).isTrue();
  }

  @Test
  void aConfigurationThatIsDeletedMeanwhileIsMadeAnew() throws IOException {
    admin.put(PID, Map.of("stranger", 1));
    admin.deleteWhileUpdating(3);
    flags.enable(FLAG, "");
    assertThat(flags.isEnabled(FLAG)).isTrue();
    assertThat(admin.values(PID)).containsEntry(FLAG, "on");
    admin.deleteWhileUpdating(1000);
    assertThatThrownBy(() -> flags.disable(FLAG, ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(PID);
  }

  /** F1.9 */
  @Test
  void aFlagIsThereAsLongAsItsDefinition() {
    ServiceReference<FlagDefinition> reference = reference();
    flags.define(reference, FlagDefinition.of("two", "second", FlagValue.ON));
    assertThat(flags.isEnabled("two")).isTrue();
    flags.disable("two", "");
    flags.undefine(reference);
    assertThatExceptionOfType(UnknownFlagException.class).isThrownBy(() -> flags.isEnabled("two"));
    flags.define(reference, FlagDefinition.of("two", "second", FlagValue.ON));
    assertThat(flags.isEnabled("two")).isFalse();
  }

  @Test
  void aDefinitionThatFailsOrLiesIsIgnored() {
    FlagDefinition failing = mock(FlagDefinition.class);
    when(failing.name()).thenThrow(new IllegalStateException("no name today"));
    flags.define(reference(), failing);
    FlagDefinition empty = mock(FlagDefinition.class);
    flags.define(reference(), empty);
    flags.define(reference(), FlagDefinition.of(FLAG, "stolen", FlagValue.ON));
    assertThat(flags.list()).extracting(FlagState::name).isEqualTo(OWN);
    assertThat(flags.isEnabled(FLAG)).isFalse();
  }

  @Test
  void theNodeMayBeRenamed() {
    flags.setPercentage(FLAG, 10, "");
    assertThat(flags.isEnabled(FLAG)).isTrue();
    AtomicInteger told = new AtomicInteger();
    flags.onChange(told::incrementAndGet);
    flags.modified(node(" node-2 "), Map.of("node.name", " node-2 ", "node.nmae", "x"));
    assertThat(flags.nodeName()).isEqualTo("node-2");
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(told).hasValue(1);
  }

  /** F1.4, F1.10 */
  @Test
  void valuesAndHistorySurviveARestart() {
    flags.enable(FLAG, "line one\nline two\t%\u00e4");
    flags.setPercentage(FLAG, 0.01, "");
    List<FlagChange> history = flags.history();
    restart(true);
    assertThat(flags.state(FLAG).value()).hasToString("0.01%");
    assertThat(flags.history()).isEqualTo(history).hasSize(2);
  }

  @Test
  void withoutADataAreaTheHistoryIsThatOfThisRun() {
    flags.deactivate();
    flags = new FlagsComponent(Contexts.listeningTo(admin, true, null), admin, node("n"), Map.of());
    flags.enable(FLAG, "");
    assertThat(flags.history()).hasSize(1);
  }

  /** 2,000 toggles by 4 threads: flag, configuration and history agree on the last one. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void togglesOfManyThreadsSettleOnTheLast(boolean inStep) throws Exception {
    restart(inStep);
    toggle(List.of(FLAG, FLAG, FLAG, FLAG));
    FlagValue settled = flags.state(FLAG).value();
    assertThat(admin.values(PID)).as("seed %d", seed).containsEntry(FLAG, settled.toString());
    List<FlagChange> history = flags.history();
    assertThat(history.get(history.size() - 1).to()).isEqualTo(settled);
    assertThat(history).allMatch(change -> change.source() == FlagChange.Source.CALL);
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i).from()).isEqualTo(history.get(i - 1).to());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void togglesOfDifferentFlagsDoNotUndoEachOther(boolean inStep) throws Exception {
    restart(inStep);
    List<String> names = List.of("one", "two", "three", "four");
    names.forEach(name -> define(name, FlagValue.OFF));
    toggle(names);
    for (String name : names) {
      assertThat(flags.isEnabled(name)).as(name).isTrue();
      assertThat(admin.values(PID)).as("seed %d", seed).containsEntry(name, "on");
    }
  }

  /** Off and on, 250 times on each thread. With a flag of its own a thread sees what it did. */
  private void toggle(List<String> names) throws Exception {
    boolean alone = new HashSet<>(names).size() == names.size();
    ExecutorService threads = Executors.newFixedThreadPool(names.size());
    List<Future<?>> work = new ArrayList<>();
    for (String name : names) {
      work.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 250; i++) {
                  flags.disable(name, "");
                  assertThat(alone && flags.isEnabled(name)).isFalse();
                  flags.enable(name, "");
                  assertThat(!alone || flags.isEnabled(name)).isTrue();
                }
              }));
    }
    for (Future<?> future : work) {
      future.get();
    }
    threads.shutdown();
  }

  /** F2.3 */
  @Test
  void aValueBeginsAndEndsToHoldByItself() {
    Instant from = Instant.now().plusMillis(300);
    Instant until = from.plusSeconds(3);
    AtomicInteger told = new AtomicInteger();
    flags.set(FLAG, FlagValue.parse("on from " + from + " until " + until), "for a moment");
    flags.onChange(told::incrementAndGet);
    await("the beginning").until(() -> flags.isEnabled(FLAG) || told.get() > 0);
    await("the end").until(() -> told.get() == 2);
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(flags.state(FLAG).configured()).isTrue();
    assertThat(flags.history())
        .extracting(FlagChange::source)
        .containsExactly(FlagChange.Source.CALL, FlagChange.Source.TIME, FlagChange.Source.TIME);
    assertThat(Instant.now()).isAfterOrEqualTo(until);
  }

  /** F2.7 */
  @Test
  void aListenerIsToldOfChangesOnAnotherThreadAndHarmsNobody() {
    AtomicInteger told = new AtomicInteger();
    FlagListener failing =
        () -> {
          throw new IllegalStateException("planned");
        };
    Thread caller = Thread.currentThread();
    FlagListener counting =
        () -> {
          if (Thread.currentThread() != caller && flags.isEnabled(FLAG)) {
            told.incrementAndGet();
          }
        };
    flags.listenerCame(failing);
    flags.listenerCame(counting);
    flags.enable(FLAG, "");
    await("the change").until(() -> told.get() == 1);
    flags.listenerWent(counting);
    flags.setPercentage(FLAG, 100, "the same");
    flags.disable(FLAG, "");
    assertThat(told).hasValue(1);
  }

  /** F2.1, F2.2 */
  @Test
  void aContextIsWhatItIsEvaluatedFor() {
    FlagChange change = flags.set(FLAG, FlagValue.parse("on for node-2,edge-*"), "two kinds");
    assertThat(change.to()).hasToString("on for node-2,edge-*");
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(flags.isEnabled(FLAG, "node-2")).as("an id on this node, which is node-1").isFalse();
    assertThat(flags.isEnabled(FLAG, FlagContext.ofNode("node-2"))).isTrue();
    assertThat(flags.isEnabled(FLAG, FlagContext.of("edge-7", "somebody"))).isTrue();
    restart(true);
    assertThat(flags.state(FLAG).value()).as("after a restart").isEqualTo(change.to());
    assertThat(flags.history().get(0).to()).as("in the file").isEqualTo(change.to());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flags.isEnabled(FLAG, (FlagContext) null));
    assertThatExceptionOfType(UnknownFlagException.class)
        .isThrownBy(() -> flags.isEnabled("no_flag", FlagContext.ofNode("node-1")));
  }

  /** Writers that are not this service, with events in any order: the last write is what holds. */
  @Test
  void writesByOthersSettleOnTheLastHoweverLateTheirEvents() throws Exception {
    restart(false);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int round = 0; round < 20; round++) {
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int share = thread;
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    admin.put(PID, Map.of(FLAG, share * 25 + i));
                  }
                  return null;
                }));
      }
      for (Future<?> future : work) {
        future.get();
      }
      FlagValue last = FlagValue.of(admin.values(PID).get(FLAG));
      await("seed " + seed + ": the last write")
          .until(() -> flags.state(FLAG).value().equals(last));
    }
    threads.shutdown();
  }
}
