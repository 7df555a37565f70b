package io.agents.registry.shell.internal.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.shell.internal.text.Format;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code flags:list} says of flags that are not just on or off: F2.3, F2.5, F2.6. */
class FlagStatesTest {

  private static final Optional<LocalDate> DAY = Optional.of(LocalDate.parse("2026-12-24"));

  private static FlagState state(
      String name, String value, String inForce, String external, boolean overdue) {
    return new FlagState(
        name,
        "Text.",
        FlagValue.OFF,
        FlagValue.parse(value),
        external.isEmpty(),
        true,
        FlagValue.parse(inForce),
        external,
        external.isEmpty() ? DAY : Optional.empty(),
        overdue);
  }

  private static FlagReports reports() {
    List<FlagState> states =
        List.of(
            state("a", "on", "on", "", true),
            state("b", "on for x until 2026-12-01", "off", "", false),
            state("c", "on", "on", "elsewhere", false));
    return new FlagReports(
        (FeatureFlags)
            Proxy.newProxyInstance(
                FlagStatesTest.class.getClassLoader(),
                new Class<?>[] {FeatureFlags.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("list");
                  return states;
                }));
  }

  @Test
  void theTableSaysWhatIsOverdueWhatIsNotInForceAndWhoDecides() {
    assertThat(reports().list(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "FLAG|VALUE|HERE|SET BY|DEFAULT|DESCRIPTION",
            "a|on|on|configuration|off|Text. (OVERDUE since 2026-12-24)",
            "b|on for x until 2026-12-01T00:00:00Z|on|configuration|off|Text. (now off) (to be gone by"
                + " 2026-12-24)",
            "c|on|on|elsewhere|off|Text.");
  }

  @Test
  void theJsonSaysSoToo() {
    assertThat(reports().list(Format.JSON))
        .contains("\"removeBy\":\"2026-12-24\",\"overdue\":true")
        .contains("\"inForce\":\"off\",\"removeBy\":\"2026-12-24\",\"overdue\":false")
        .contains("\"external\":\"elsewhere\"");
  }
}
