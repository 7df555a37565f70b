package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir Path folder;

  private Path path;
  private HistoryFile<FlagChange> file;

  @BeforeEach
  void file() {
    path = folder.resolve("history");
    file =
        new HistoryFile<>(
            path.toFile(), "flags", FeatureFlags.HISTORY_SIZE, new FlagChangeFormat());
  }

  private static List<FlagChange> changes(int count) {
    List<FlagChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(
          new FlagChange(
              Instant.ofEpochMilli(i),
              "flag-" + i,
              new FlagValue(i),
              FlagValue.ON,
              i % 2 == 0,
              "\u00e4\t\r\n\\+% \ud83d\ude00".repeat(i % 3),
              List.copyOf(EnumSet.allOf(FlagChange.Source.class)).get(i % 3)));
    }
    return changes;
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(file.read()).isEmpty();
    file.write(() -> changes(50));
    assertThat(file.read()).isEqualTo(changes(50));
    file.write(() -> changes(3));
    assertThat(file.read()).isEqualTo(changes(3));
    assertThat(folder.toFile().list()).containsExactly("history");
  }

  @Test
  void damagedLinesAreLeftOut() throws IOException {
    file.write(() -> changes(3));
    List<String> lines = new ArrayList<>(Files.readAllLines(path));
    lines.set(1, lines.get(1).substring(5));
    lines.add("nonsense");
    lines.add("1\tx\ton\toff\ttrue\tNOBODY\t");
    lines.add("1\tx\ton\toff\ttrue\tCALL\t%zz");
    lines.add("");
    Files.write(path, lines);
    assertThat(file.read()).containsExactly(changes(3).get(0), changes(3).get(2));
  }

  @Test
  void anyDamageIsSurvived() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      file.write(() -> changes(5));
      byte[] bytes = Files.readAllBytes(path);
      for (int i = 0; i < 5; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(path, bytes);
      assertThat(file.read()).as("seed %d", seed).hasSizeLessThan(15);
    }
  }

  @Test
  void aFileThatIsTooLongOrNoFileIsBegunAnew() throws IOException {
    Files.writeString(path, "x\n".repeat(2_000_000), StandardCharsets.UTF_8);
    assertThat(file.read()).isEmpty();
    file.write(() -> changes(1));
    assertThat(file.read()).hasSize(1);
    Files.delete(path);
    Files.createDirectory(path);
    assertThat(file.read()).isEmpty();
    Files.createFile(path.resolve("occupied"));
    file.write(() -> changes(1));
    assertThat(file.read()).isEmpty();
  }

  @Test
  void onlyTheLatestAreRead() {
    file.write(() -> changes(500));
    assertThat(file.read()).isEqualTo(changes(500).subList(300, 500));
    assertThat(FeatureFlags.HISTORY_SIZE).isEqualTo(200);
  }
}
