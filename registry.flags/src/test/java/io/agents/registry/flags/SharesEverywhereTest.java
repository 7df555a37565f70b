package io.agents.registry.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agents.registry.testkit.reliability.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F1.5, F1.6: a node is on or off whoever asks, on whatever machine. */
@DisplayName("F1.5 A share")
class SharesEverywhereTest {

  private static final double ONE_POINT = 1.0;

  @ParameterizedTest(name = "is the same in a JVM of {0}-{1} with {2}")
  @CsvSource({"tr,TR,ISO-8859-9", "ar,EG,UTF-8", "ja,JP,Shift_JIS", "de,CH,US-ASCII"})
  void isTheSameInAnotherJvm(String language, String country, String charset) throws Exception {
    String here = ShareReport.text();
    List<String> there = reportOf(language, country, charset);
    assertThat(there.get(0))
        .as("the settings there")
        .isEqualTo(language + "_" + country + " " + charset);
    assertThat(String.join("\n", there.subList(1, there.size())) + "\n")
        .as("shares of %d ids in the other JVM", ShareReport.IDS)
        .isEqualTo(here);
    Figures.report(
        "percentages",
        "%d ids at 101 percentages are the same in a JVM of %s"
            .formatted(ShareReport.IDS, there.get(0)));
  }

  private static List<String> reportOf(String language, String country, String charset)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Dfile.encoding=" + charset,
                "-cp",
                System.getProperty("java.class.path"),
                ShareReport.class.getName())
            .redirectErrorStream(true)
            .start();
    try (InputStream out = process.getInputStream()) {
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the other JVM ends").isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisplayName("is that of the published vectors")
  void isThatOfTheVectors() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("share-vectors.tsv")) {
      List<String[]> vectors =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("\t", -1))
              .toList();
      assertThat(vectors).hasSize(60);
      for (String[] vector : vectors) {
        assertThat(FlagValue.bucketOf(vector[0], vector[1]))
            .as(Arrays.toString(vector))
            .isEqualTo(Integer.parseInt(vector[2]));
      }
    }
  }

  @ParameterizedTest(name = "of a hash that begins with {0} is bucket {1}")
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 5808",
    "8000000000000001, 5809",
    "7FFFFFFFFFFFFFFF, 5807",
    "FFFFFFFFFFFFFFFF, 1615"
  })
  void ofAHashAtItsBounds(String first, int bucket) {
    byte[] hash = new byte[32];
    for (int i = 0; i < Long.BYTES; i++) {
      hash[i] = (byte) Integer.parseInt(first.substring(2 * i, 2 * i + 2), 16);
    }
    assertThat(FlagValue.bucketOf(hash)).isEqualTo(bucket);
  }

  @Test
  @DisplayName("is right within a point, and rising takes nobody out")
  void isRightAndRises() {
    int[] on = new int[101];
    for (int i = 0; i < ShareReport.IDS; i++) {
      String id = ShareReport.id(i);
      boolean before = false;
      for (int percent = 0; percent <= 100; percent += 4) {
        boolean now = FlagValue.percentage(percent).includes(FeatureFlags.USE_ETS, id);
        assertThat(now || !before)
            .as("%s is on at %d percent, as it was below", id, percent)
            .isTrue();
        before = now;
        on[percent] += now ? 1 : 0;
      }
    }
    for (int percent = 0; percent <= 100; percent += 4) {
      assertThat(on[percent] * 100.0 / ShareReport.IDS)
          .as("percent of the ids at %d percent", percent)
          .isCloseTo(percent, within(ONE_POINT));
    }
  }
}
