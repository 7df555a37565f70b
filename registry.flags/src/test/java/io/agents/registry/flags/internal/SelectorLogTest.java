package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** What an operator reads of the selector: each thing once. */
class SelectorLogTest {

  private static final String PID = BackendSelection.REGISTRY_PID;
  private static final String MISSING = "is wanted and not there";
  private static final String FOREIGN = "is somebody else's and left alone";
  private static final String NOT_WRITTEN = "on purpose";

  private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(1);
  private final Backends backends = new Backends();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
  private final AtomicReference<Optional<Object>> told = new AtomicReference<>(Optional.empty());
  private final AtomicLong nanos = new AtomicLong();
  private final ServiceReference<?> legacy = mock(ServiceReference.class);
  private final ServiceReference<?> ets = mock(ServiceReference.class);
  private Selector selector;

  @BeforeEach
  void start() {
    when(legacy.getProperty(RegistryBackend.IMPLEMENTATION)).thenReturn("legacy");
    when(ets.getProperty(RegistryBackend.IMPLEMENTATION)).thenReturn("ets");
    selector =
        new Selector(
            () -> new Plan("legacy", "", 0, true),
            new PidConfiguration(admin, PID),
            backends,
            () -> null,
            new LostUpdate(told::get, () -> false, nanos::get),
            phase::get);
  }

  @AfterEach
  void stop() {
    selector.close();
    admin.close();
  }

  private String decided() throws Exception {
    return Logged.during(
        () -> {
          selector.decideWithin(TimeUnit.SECONDS.toNanos(20));
          return null;
        });
  }

  @Test
  void aMissingImplementationIsToldOnceEachTimeItIsMissing() throws Exception {
    backends.put(ets);
    assertThat(decided())
        .containsOnlyOnce("The implementation 'legacy' " + MISSING + "; there are [ets]");
    assertThat(decided()).as("the second time").doesNotContain(MISSING);
    backends.put(legacy);
    assertThat(decided()).doesNotContain(MISSING);
    backends.remove(legacy);
    assertThat(decided()).as("when it went again").contains(MISSING);
  }

  @Test
  void whileTheFrameworkStartsNothingIsMissing() throws Exception {
    backends.put(ets);
    phase.set(Phase.STARTING);
    assertThat(decided()).doesNotContain(MISSING);
    phase.set(Phase.RUNNING);
    assertThat(decided()).contains(MISSING);
  }

  @Test
  void aFilterOfSomebodyElseIsToldOnce() throws Exception {
    backends.put(legacy);
    admin.put(PID, Map.of(BackendSelection.TARGET, "(a=b)"));
    assertThat(decided()).containsOnlyOnce("The registry's target filter (a=b) " + FOREIGN);
    assertThat(decided()).doesNotContain(FOREIGN);
  }

  @Test
  void aFailureIsToldOnceUntilItIsAnother() throws Exception {
    backends.put(legacy);
    admin.fail(new IOException(NOT_WRITTEN));
    assertThat(decided()).containsOnlyOnce(NOT_WRITTEN);
    assertThat(selector.failure()).contains(NOT_WRITTEN);
    assertThat(decided()).as("the second time").doesNotContain(NOT_WRITTEN);
    admin.fail(new IOException("another one"));
    assertThat(decided()).contains("another one");
    admin.fail(null);
    assertThat(decided()).doesNotContain(NOT_WRITTEN);
    assertThat(selector.failure()).isEmpty();
    admin.delete(PID);
    admin.fail(new IOException(NOT_WRITTEN));
    assertThat(decided()).as("after it could be written").contains(NOT_WRITTEN);
    admin.fail(null);
  }

  @Test
  void afterItsEndNothingIsWrittenAgain() throws Exception {
    backends.put(legacy);
    told.set(Optional.of(""));
    decided();
    decided();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(LostUpdate.PATIENCE_MILLIS));
    selector.close();
    decided();
    assertThat(admin.writes()).hasSize(1);
  }
}
