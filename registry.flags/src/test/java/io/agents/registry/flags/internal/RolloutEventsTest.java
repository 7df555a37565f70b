package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Operation;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Rollout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** F3.15 */
class RolloutEventsTest {

  @Test
  void eachStepIsAnEvent(@TempDir Path data) {
    List<Event> events = new CopyOnWriteArrayList<>();
    EventAdmin eventAdmin =
        new EventAdmin() {
          @Override
          public void postEvent(Event event) {
            events.add(event);
          }

          @Override
          public void sendEvent(Event event) {
            throw new UnsupportedOperationException("nobody is to be waited for");
          }
        };
    FakeConfigurationAdmin admin = new FakeConfigurationAdmin(1);
    FlagsComponent flags =
        new FlagsComponent(
            Contexts.listeningTo(admin, true, data), admin, FlagsComponentTest.node("n"), Map.of());
    StageComponent stages =
        new StageComponent(Contexts.listeningTo(admin, true, data), flags, Map.of());
    RolloutEvents passing = new RolloutEvents(eventAdmin, stages);
    flags.enable(FeatureFlags.USE_ETS, "trial");
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getTopic()).isEqualTo(Rollout.EVENT_TOPIC_PREFIX + "MOVED");
              assertThat(event.getProperty("from")).isEqualTo("off");
              assertThat(event.getProperty("to")).isEqualTo("full");
              assertThat(event.getProperty("reason")).isEqualTo("trial");
            });
    passing.deactivate();
    flags.disable(FeatureFlags.USE_ETS, "");
    assertThat(events).hasSize(1);
    stages.deactivate();
    admin.close();
  }

  /** F3.11 */
  @Test
  void comparisonsAreCountedFromTheLastDifference() {
    CleanComparisons clean = new CleanComparisons();
    assertThat(clean.observe(report(100, 0))).isEqualTo(100);
    assertThat(clean.observe(report(200, 1))).isZero();
    assertThat(clean.observe(report(250, 1))).isEqualTo(50);
    assertThat(clean.observe(report(10, 0))).as("a registry that was started anew").isEqualTo(10);
  }

  private static ComparisonReport report(long compared, long differences) {
    return new ComparisonReport(
        compared,
        0,
        differences == 0 ? Map.of() : Map.of(Operation.LOOKUP, Map.of(Kind.EXTRA, differences)),
        0,
        0,
        List.of());
  }
}
