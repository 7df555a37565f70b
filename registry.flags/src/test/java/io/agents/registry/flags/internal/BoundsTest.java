package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last that is allowed, and the first that is not. */
class BoundsTest {

  @TempDir Path folder;

  private static HistoryFile<FlagChange> history(Path path) {
    return new HistoryFile<>(
        path.toFile(), "flags", FeatureFlags.HISTORY_SIZE, new FlagChangeFormat());
  }

  private static TargetFilter.Kind kind(String filter) {
    return TargetFilter.of(filter).kind();
  }

  private static String negated(int times) {
    return "(!".repeat(times) + "(a=b)" + ")".repeat(times);
  }

  @Test
  void aForeignFilterIsReadToFiftyLevels() {
    assertThat(kind(negated(49))).isEqualTo(TargetFilter.Kind.FOREIGN);
    assertThat(kind(negated(50))).isEqualTo(TargetFilter.Kind.BROKEN);
    assertThat(kind("(|" + "(a=b)".repeat(200) + ")"))
        .as("broad, not deep")
        .isEqualTo(TargetFilter.Kind.FOREIGN);
    assertThat(kind("(&" + "(!(a=b))".repeat(60) + negated(48) + ")"))
        .isEqualTo(TargetFilter.Kind.FOREIGN);
    assertThat(kind("(&" + "(!(a=b))".repeat(60) + negated(49) + ")"))
        .isEqualTo(TargetFilter.Kind.BROKEN);
  }

  @Test
  void aForeignFilterIsReadToTenThousandCharacters() {
    String longest = "(a=" + "b".repeat(9_996) + ")";
    assertThat(kind(longest)).isEqualTo(TargetFilter.Kind.FOREIGN);
    assertThat(kind("(" + longest.substring(1, longest.length() - 1) + "b)"))
        .isEqualTo(TargetFilter.Kind.BROKEN);
  }

  @Test
  void aValueMayHaveWhiteSpaceAroundItToFourThousandCharacters() {
    assertThat(FlagValue.parse("on" + " ".repeat(4_094))).isEqualTo(FlagValue.ON);
    assertThatThrownBy(() -> FlagValue.parse("on" + " ".repeat(4_095)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHistoryIsReadToSevenMillionBytes() throws IOException {
    Path path = folder.resolve("history");
    HistoryFile<FlagChange> file = history(path);
    FlagChange change =
        new FlagChange(
            Instant.EPOCH,
            "f",
            FlagValue.OFF,
            FlagValue.ON,
            true,
            "because",
            FlagChange.Source.CALL);
    file.write(() -> List.of(change));
    int size = FeatureFlags.HISTORY_SIZE * 35_000 - (int) Files.size(path);
    String line = Files.readString(path);
    Files.writeString(path, line + "x".repeat(size), StandardCharsets.UTF_8);
    assertThat(file.read()).containsExactly(change);
    Files.writeString(path, line + "x".repeat(size + 1), StandardCharsets.UTF_8);
    assertThat(file.read()).isEmpty();
  }

  @Test
  void damageIsLoggedWithItsSize() throws Exception {
    Path path = folder.resolve("history");
    HistoryFile<FlagChange> file = history(path);
    assertThat(Logged.during(file::read)).isEmpty();
    Files.writeString(path, "a\nb\n");
    assertThat(Logged.during(file::read)).contains("has 2 damaged lines");
    Files.writeString(path, "");
    assertThat(Logged.during(file::read)).as("of an empty file").isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsLoggedOnceUntilItCan() throws Exception {
    Path path = folder.resolve("missing").resolve("history");
    HistoryFile<FlagChange> file = history(path);
    assertThat(write(file)).contains("The history of flags can't be kept");
    assertThat(write(file)).as("a second time").isEmpty();
    Files.createDirectory(path.getParent());
    assertThat(write(file)).isEmpty();
    Files.delete(path);
    Files.delete(path.getParent());
    assertThat(write(file)).as("after it could").contains("The history of flags can't be kept");
  }

  private static String write(HistoryFile<FlagChange> file) throws Exception {
    return Logged.during(
        () -> {
          file.write(List::of);
          return null;
        });
  }

  @Test
  void aReadingAndAListOfDefinitionsAreTakenOnce() {
    FlagTable table = new FlagTable(Clock.systemUTC(), "node", List.of());
    FlagDefinition definition = FlagDefinition.of("f", "a flag", FlagValue.OFF);
    assertThat(table.defined(new Definitions.Holding(1, List.of(definition))))
        .isEqualTo(FlagTable.Outcome.NOTHING);
    assertThat(table.configured(1, Map.of("f", true)).changed()).isTrue();
    assertThat(table.configured(1, Map.of("f", false))).isEqualTo(FlagTable.Outcome.NOTHING);
    assertThat(table.defined(new Definitions.Holding(1, List.of())))
        .isEqualTo(FlagTable.Outcome.NOTHING);
    assertThat(table.flags()).containsOnlyKeys("f");
    assertThat(table.flags().get("f").value()).isEqualTo(FlagValue.ON);
  }

  @Test
  void aConfigurationIsWrittenIfThereIsAChangeAndToldSo() throws IOException {
    try (FakeConfigurationAdmin admin = new FakeConfigurationAdmin(1)) {
      PidConfiguration configuration = new PidConfiguration(admin, "pid");
      assertThat(configuration.edit(values -> false)).isFalse();
      assertThat(admin.values("pid")).as("what nobody wrote").isNull();
      assertThat(configuration.edit(values -> values.put("k", 1) == null)).isTrue();
      assertThat(configuration.read()).containsEntry("K", 1);
      assertThat(configuration.edit(values -> values.put("k", 2) == null)).isFalse();
      assertThat(configuration.read()).containsEntry("k", 1);
      assertThat(admin.writes()).hasSize(1);
    }
  }
}
