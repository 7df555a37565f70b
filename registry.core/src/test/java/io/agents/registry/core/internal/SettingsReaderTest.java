package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.MetadataLimits;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryLimits;
import io.agents.registry.core.internal.Settings.Mirroring;
import io.agents.registry.testkit.FakeOwners;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The configuration of the registry, good and bad: R13.1, R13.6, R13.7, R6.29, R5.5. */
class SettingsReaderTest {

  private final SettingsReader reader = new SettingsReader();

  @Test
  void nothingConfiguredGivesTheDefaults() {
    assertThat(reader.read(Map.of())).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void numbersAreReadWhateverTheirType() {
    assertThat(
            reader.read(
                Map.of(
                    "id.max.length",
                    "10",
                    "metadata.max.depth",
                    3,
                    "metadata.max.values",
                    20L,
                    "query.max.depth",
                    " 4 ",
                    "query.max.length",
                    100,
                    "listener.queue.size",
                    "7",
                    "swaps.kept",
                    (short) 2,
                    "agents.max",
                    50,
                    "agents.max.per.owner",
                    "5")))
        .isEqualTo(
            new Settings(10, new MetadataLimits(3, 20), new QueryLimits(4, 100), 7, 2, 50, 5));
  }

  @Test
  void theMirrorAndWhatIsDoneWithItAreRead() {
    assertThat(
            reader.read(
                Map.of(
                    "mirror.implementation",
                    " legacy ",
                    "comparison.percent",
                    "12.5",
                    "comparison.max.per.second",
                    "2000",
                    "measure.calls",
                    "false",
                    "handover.timeout",
                    "250")))
        .isEqualTo(Settings.DEFAULT.with(new Mirroring("legacy", 1_250, 2_000, 250), false));
    assertThat(reader.read(Map.of("comparison.percent", 0.01)).mirroring().comparisonBasisPoints())
        .isEqualTo(1);
    assertThat(reader.read(Map.of("comparison.percent", 100)).mirroring().comparisonBasisPoints())
        .isEqualTo(10_000);
  }

  @Test // R13.6
  void aWrongMirrorSettingKeepsTheLastGoodOne() {
    Map<String, Object> good =
        Map.of("mirror.implementation", "ets", "comparison.percent", 5, "measure.calls", false);
    Settings kept = reader.read(good);
    for (Object wrong : List.of("", "1.234", "-1", "100.01", "many", 1.0E-4, "5%")) {
      assertThat(reader.read(with(good, "comparison.percent", wrong)))
          .as("%s", wrong)
          .isEqualTo(kept);
    }
    assertThat(reader.read(with(good, "measure.calls", "maybe"))).isEqualTo(kept);
    assertThat(reader.read(with(good, "mirror.implementation", 7))).isEqualTo(kept);
    assertThat(logged(() -> reader.read(with(good, "comparison.percent", "all"))))
        .contains("comparison.percent", "'all'", "0 to 100", "5.00 stays");
  }

  private static Map<String, Object> with(Map<String, Object> some, String key, Object value) {
    Map<String, Object> all = new HashMap<>(some);
    all.put(key, value);
    return all;
  }

  @Test // R13.6
  void aWrongValueKeepsTheLastGoodOneAndLetsTheOthersThrough() {
    reader.read(Map.of("id.max.length", 10, "swaps.kept", 5));
    String log =
        logged(
            () ->
                assertThat(reader.read(Map.of("id.max.length", 0, "swaps.kept", 6)))
                    .extracting(Settings::maxIdLength, Settings::swapsKept)
                    .containsExactly(10, 6));
    assertThat(log).contains("io.agents.registry.core", "id.max.length", "'0'", "1 to 65536");
    assertThat(reader.read(Map.of()).maxIdLength()).as("without the key").isEqualTo(256);
  }

  @Test // R13.6
  void whateverIsNoWholeNumberInRangeIsRefused() {
    for (Object wrong :
        List.of("ten", "", 1.5, "99999999999999999999", 2_000_000, -1, true, List.of(5))) {
      assertThat(reader.read(Map.of("metadata.max.values", wrong)))
          .as("with %s", wrong)
          .isEqualTo(Settings.DEFAULT);
    }
  }

  @Test // R13.6, R13.7
  void whatIsWrongIsLoggedOnce() {
    Map<String, Object> wrong = Map.of("swaps.kept", "many", "swap.kept", 5);
    assertThat(logged(() -> reader.read(wrong)))
        .containsOnlyOnce("'many'")
        .containsOnlyOnce("'swap.kept' is unknown");
    assertThat(logged(() -> reader.read(wrong))).isEmpty();
    assertThat(logged(() -> reader.read(Map.of("swaps.kept", "none")))).contains("'none'");
    assertThat(logged(() -> reader.read(wrong))).contains("'many'", "'swap.kept' is unknown");
  }

  @Test // R13.7
  void whatTheFrameworkAddsIsKnown() {
    Map<String, Object> added = new HashMap<>();
    for (String key :
        List.of(
            "service.pid",
            "service.bundleLocation",
            "component.name",
            "component.id",
            "felix.fileinstall.filename",
            "backend.target",
            "backends.target",
            "backend.cardinality.minimum",
            "osgi.ds.satisfying.condition.target",
            ".private")) {
      added.put(key, "x");
    }
    assertThat(logged(() -> reader.read(added))).isEmpty();
  }

  @Test
  void theTargetFilterIsATextOrNone() {
    assertThat(SettingsReader.target(Map.of())).isEmpty();
    assertThat(SettingsReader.target(Map.of("backend.target", 5))).isEmpty();
    assertThat(SettingsReader.target(Map.of("backend.target", " (a=b) "))).isEqualTo("(a=b)");
  }

  @Test // R13.1, R5.5, R6.29
  void limitsHoldForTheNextCall() {
    FakeOwners owners = new FakeOwners();
    Bundle bundle = owners.newBundle();
    ServiceReference<?> service = owners.newService(bundle);
    try (RegistryCore core = new RegistryCore(Settings.DEFAULT)) {
      AgentRegistry registry = core.registryFor(bundle);
      Query deep = registry.parseQuery("(&(a=1)(b=2))");
      core.settings(
          reader.read(
              Map.of(
                  "id.max.length", 3,
                  "metadata.max.depth", 1,
                  "query.max.depth", 1,
                  "query.max.length", 10)));
      assertThatThrownBy(() -> registry.register("four", service, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4")
          .hasMessageContaining("1 to 3");
      assertThatThrownBy(() -> registry.register("a", service, Map.of("b", Map.of())))
          .isInstanceOf(InvalidMetadataException.class);
      assertThatThrownBy(() -> registry.query(deep)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> registry.count(deep)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> registry.explain(deep)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> registry.parseQuery("(!(a=1))"))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> registry.parseQuery("(abcdef=1234)"))
          .isInstanceOf(InvalidQueryException.class);
      assertThat(registry.count()).isZero();
    }
  }

  /** What slf4j-simple writes to the standard error meanwhile. */
  private static String logged(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
