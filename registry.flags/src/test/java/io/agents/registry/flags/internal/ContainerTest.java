package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.spi.RegistryBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;

/** The bundle in Felix, with its SCR and ConfigurationAdmin. */
class ContainerTest {

  private static final String FLAG = FeatureFlags.USE_ETS;
  private static final String PID = FeatureFlags.PID;
  private static final String REGISTRY = BackendSelection.REGISTRY_PID;
  private static final String ETS = "(registry.implementation=ets)";
  private static final String LEGACY = "(registry.implementation=legacy)";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path storage;

  private Container container;
  private FakeRegistry registry;
  private ServiceRegistration<?> ets;
  private ServiceRegistration<?> legacy;

  @BeforeEach
  void start() throws Exception {
    container = new Container(storage);
    container.start(this::both);
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
  }

  private void both() {
    registry = new FakeRegistry(container);
    legacy = container.backend(RegistryBackend.LEGACY);
    ets = container.backend(RegistryBackend.ETS);
  }

  private FeatureFlags flags() {
    return container.service(FeatureFlags.class);
  }

  private BackendSelection selection() {
    return container.service(BackendSelection.class);
  }

  private Object target() throws Exception {
    return container.configured(REGISTRY, BackendSelection.TARGET);
  }

  private void awaitTarget(String filter) {
    await("the target " + filter).untilAsserted(() -> assertThat(target()).isEqualTo(filter));
  }

  /** F1.11 */
  @Test
  void theFlagChoosesTheImplementation() throws Exception {
    assertThat(selection().awaitSettled(LONG).active()).isEqualTo("legacy");
    flags().enable(FLAG, "trial");
    assertThat(selection().awaitSettled(LONG))
        .isEqualTo(
            new SelectionStatus(
                "ets", "ets", ETS, List.of("ets", "legacy"), Optional.empty(), true));
    flags().disable(FLAG, "");
    assertThat(selection().awaitSettled(LONG).active()).isEqualTo("legacy");
    assertThat(registry.active()).isEqualTo("legacy");
    flags().setPercentage(FLAG, 8.44, "node-1 is in bucket 843");
    assertThat(selection().awaitSettled(LONG).active()).isEqualTo("ets");
    container.configure(FeatureFlags.NODE_PID, Map.of(FeatureFlags.NODE_NAME, "node-2"));
    awaitTarget(LEGACY);
    assertThat(flags().nodeName()).isEqualTo("node-2");
    container.configuration(FeatureFlags.NODE_PID).delete();
    awaitTarget(ETS);
    assertThat(flags().nodeName()).isEqualTo("node-1");
  }

  /** F1.12 */
  @Test
  void aMissingImplementationIsAwaited() throws Exception {
    selection().awaitSettled(LONG);
    ets.unregister();
    flags().enable(FLAG, "");
    SelectionStatus status = selection().awaitSettled(LONG);
    assertThat(status.settled()).isFalse();
    assertThat(status.target()).isEqualTo(LEGACY);
    assertThat(status.awaited()).hasValueSatisfying(s -> assertThat(s).contains("'ets'"));
    ets = container.backend(RegistryBackend.ETS);
    awaitTarget(ETS);
    assertThat(selection().awaitSettled(LONG).settled()).isTrue();
    ets.unregister();
    awaitTarget(LEGACY);
    legacy.unregister();
    ets = container.backend(RegistryBackend.ETS);
    awaitTarget(ETS);
  }

  /** F1.3, F1.4, F1.10, F1.13: no needless write at a stop or start, whatever comes late. */
  @Test
  void aRestartKeepsTheFlagAndDoesNotTouchTheTarget() throws Exception {
    ets.unregister();
    // In a bundle that was started last, so that it is the first to stop.
    Bundle owner = container.emptyBundle();
    registerEts(owner);
    flags().enable(FLAG, "kept");
    assertThat(selection().awaitSettled(LONG).settled()).isTrue();
    List<FlagChange> history = flags().history();
    BackendSelection selection = selection();
    List<SelectionStatus> decided = new CopyOnWriteArrayList<>();
    on(BundleEvent.STOPPED, owner, stopped -> decided.add(selection.awaitSettled(LONG)));
    container.updatesOf(REGISTRY);
    container.stop();
    assertThat(decided).as("a decision while the framework stopped").hasSize(1);
    assertThat(decided.get(0).available()).containsExactly("legacy");
    assertThat(container.updatesOf(REGISTRY)).as("while the framework stopped").isEmpty();
    container.start(
        () -> {
          registry = new FakeRegistry(container);
          legacy = container.backend(RegistryBackend.LEGACY);
          // The other one comes while the framework starts, after the selector has seen the first.
          on(BundleEvent.STARTED, owner, ContainerTest::registerEts);
        });
    assertThat(flags().isEnabled(FLAG)).isTrue();
    assertThat(flags().history()).isEqualTo(history).isNotEmpty();
    assertThat(selection().awaitSettled(LONG).settled()).isTrue();
    assertThat(container.updatesOf(REGISTRY)).as("while the framework started").isEmpty();
    assertThat(registry.active()).isEqualTo("ets");
  }

  private interface Action {
    void on(Bundle bundle) throws Exception;
  }

  /** Does something while an event of a bundle is delivered. */
  private void on(int type, Bundle bundle, Action action) {
    SynchronousBundleListener listener =
        event -> {
          if (event.getType() == type && event.getBundle().getBundleId() == bundle.getBundleId()) {
            try {
              action.on(event.getBundle());
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        };
    container.context().addBundleListener(listener);
  }

  private static void registerEts(Bundle owner) {
    owner
        .getBundleContext()
        .registerService(
            RegistryBackend.class,
            mock(RegistryBackend.class),
            FrameworkUtil.asDictionary(Map.of(RegistryBackend.IMPLEMENTATION, "ets")));
  }

  /** An implementation that does not come after a restart is not waited for for ever. */
  @Test
  void anImplementationThatDoesNotComeAfterARestartIsReplaced() throws Exception {
    flags().enable(FLAG, "");
    awaitTarget(ETS);
    container.stop();
    container.start(() -> legacy = container.backend(RegistryBackend.LEGACY));
    awaitTarget(LEGACY);
  }

  /** F1.13 */
  @Test
  void withTheBundleStoppedTheTargetStays() throws Exception {
    flags().enable(FLAG, "");
    awaitTarget(ETS);
    container.flagsBundle().stop();
    assertThat(target()).isEqualTo(ETS);
    container.configure(PID, Map.of(FLAG, "off"));
    legacy.unregister();
    legacy = container.backend(RegistryBackend.LEGACY);
    container.configure(REGISTRY, Map.of(BackendSelection.TARGET, ETS, "swaps.kept", 7));
    container.updatesOf(REGISTRY);
    assertThat(selectorThreads()).isEmpty();
    assertThat(target()).isEqualTo(ETS);
    container.flagsBundle().start();
    awaitTarget(LEGACY);
    assertThat(container.configured(REGISTRY, "swaps.kept")).isEqualTo(7);
    assertThat(container.updatesOf(REGISTRY)).as("writes by the selector").hasSize(1);
  }

  private static List<String> selectorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("selector"))
        .toList();
  }

  /** A bundle that starts with both there, but bound one by one, writes once. */
  @Test
  void aLateStartWritesOnce() throws Exception {
    flags().enable(FLAG, "");
    awaitTarget(ETS);
    for (int i = 0; i < 8; i++) {
      container.flagsBundle().stop();
      // All that stage full wants, but for the target filter in every other round.
      container.configure(
          REGISTRY,
          Map.of(
              BackendSelection.TARGET,
              i % 2 == 0 ? LEGACY : ETS,
              RegistryKeys.MIRROR,
              "legacy",
              RegistryKeys.COMPARISON,
              1));
      container.updatesOf(REGISTRY);
      container.flagsBundle().start();
      assertThat(selection().awaitSettled(LONG).settled()).isTrue();
      assertThat(container.updatesOf(REGISTRY)).hasSize(i % 2 == 0 ? 1 : 0);
    }
  }

  /** F1.3: as a file installer writes it. */
  @Test
  void aFileAndCallsMayTakeTurns() throws Exception {
    Map<String, Object> file =
        Map.of(FLAG, "on", "felix.fileinstall.filename", "file:flags.cfg", "unknown", "x");
    container.configure(PID, file);
    assertThat(flags().isEnabled(FLAG)).isTrue();
    flags().disable(FLAG, "by hand");
    assertThat(container.configured(PID, FLAG)).isEqualTo("off");
    assertThat(container.configured(PID, "felix.fileinstall.filename")).isEqualTo("file:flags.cfg");
    assertThat(container.configured(PID, "unknown")).isEqualTo("x");
    container.configure(PID, file);
    assertThat(flags().isEnabled(FLAG)).isTrue();
    container.configuration(PID).delete();
    assertThat(flags().isEnabled(FLAG)).isFalse();
    flags().enable(FLAG, "after the deletion");
    assertThat(selection().awaitSettled(LONG).active()).isEqualTo("ets");
  }

  /** F1.9, F1.2 */
  @Test
  void definitionsAreServicesAndTheBestOneHolds() {
    FeatureFlags flags = flags();
    ServiceRegistration<?> first = define("mine", FlagValue.OFF, 0);
    assertThat(flags.isEnabled("mine")).isFalse();
    ServiceRegistration<?> better = define("mine", FlagValue.ON, 10);
    assertThat(flags.isEnabled("mine")).isTrue();
    better.setProperties(FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, -5)));
    assertThat(flags.isEnabled("mine")).isFalse();
    first.unregister();
    assertThat(flags.isEnabled("mine")).isTrue();
    better.unregister();
    define(FLAG, FlagValue.ON, 1000);
    assertThat(flags.list()).filteredOn(state -> state.name().equals(FLAG)).hasSize(1);
    assertThat(flags.isEnabled(FLAG)).as("the own definition cannot be replaced").isFalse();
  }

  private ServiceRegistration<?> define(String name, FlagValue value, int ranking) {
    return container.register(
        FlagDefinition.class,
        FlagDefinition.of(name, "a flag", value),
        Map.of(Constants.SERVICE_RANKING, ranking));
  }

  /**
   * 2,000 toggles by 4 threads, with the real ConfigurationAdmin: the last one holds everywhere.
   */
  @Test
  void manyTogglesSettleOnTheLast() throws Exception {
    FeatureFlags flags = flags();
    selection().awaitSettled(LONG);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      work.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 250; i++) {
                  flags.enable(FLAG, "up");
                  flags.disable(FLAG, "down");
                }
              }));
    }
    for (Future<?> future : work) {
      future.get();
    }
    threads.shutdown();
    assertThat(flags.isEnabled(FLAG)).isFalse();
    assertThat(container.configured(PID, FLAG)).isEqualTo("off");
    assertThat(selection().awaitSettled(LONG))
        .satisfies(status -> assertThat(status.settled()).as("%s", status).isTrue());
    assertThat(target()).isEqualTo(LEGACY);
    assertThat(registry.active()).isEqualTo("legacy");
    List<FlagChange> history = flags.history();
    assertThat(history).hasSize(FeatureFlags.HISTORY_SIZE);
    assertThat(history).allMatch(change -> change.source() == FlagChange.Source.CALL);
    container.updatesOf(REGISTRY);
    container.updatesOf(PID);
    flags.disable(FLAG, "again");
    selection().awaitSettled(LONG);
    assertThat(container.updatesOf(PID)).isEmpty();
  }
}
