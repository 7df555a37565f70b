package io.agents.registry.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.agents.registry.testkit.reliability.Seeds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagValueTest {

  private static final String FLAG = FeatureFlags.USE_ETS;

  @ParameterizedTest
  @CsvSource({
    "on,on",
    "ON,on",
    "' true ',on",
    "off,off",
    "False,off",
    "0,off",
    "0%,off",
    "100,on",
    "100.00%,on",
    "25,25%",
    "25%,25%",
    "'25 %',25%",
    "12.5%,12.5%",
    "12.50,12.5%",
    "0.01,0.01%",
    "99.99%,99.99%",
    "007,7%",
    "1.0,1%",
    "33.330000,33.33%"
  })
  void textIsRead(String text, String value) {
    assertThat(FlagValue.parse(text)).hasToString(value);
    assertThat(FlagValue.of(text)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yes",
        "o n",
        "-1",
        "-0.01",
        "100.01",
        "101",
        "150",
        "150%",
        "1e2",
        "0x10",
        "NaN",
        "Infinity",
        "12.345",
        "0.001",
        ".5",
        "5.",
        "5,5",
        "%",
        "25%%",
        "++5",
        "١٢",
        "1\n2",
        "99999999999999999999",
        "null"
      })
  void otherTextIsRefusedWithWhatIsAllowed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlagValue.parse(text))
        .withMessageContaining(FlagValue.ALLOWED)
        .withMessageNotContaining("\n");
  }

  @Test
  void booleansAndNumbersOfAnyTypeAreRead() {
    assertThat(FlagValue.of(true)).isEqualTo(FlagValue.ON);
    assertThat(FlagValue.of(false)).isEqualTo(FlagValue.OFF);
    assertThat(FlagValue.of(1)).isEqualTo(new FlagValue(100));
    assertThat(FlagValue.of((byte) 100)).isEqualTo(FlagValue.ON);
    assertThat(FlagValue.of(7L)).isEqualTo(new FlagValue(700));
    assertThat(FlagValue.of(12.5)).isEqualTo(new FlagValue(1250));
    assertThat(FlagValue.of(12.1f)).isEqualTo(new FlagValue(1210));
    assertThat(FlagValue.of(0.1 + 0.2)).isEqualTo(new FlagValue(30));
    assertThat(FlagValue.of(-0.0)).isEqualTo(FlagValue.OFF);
  }

  @Test
  void otherObjectsAreRefusedWithWhatIsAllowed() {
    List<Object> refused =
        Arrays.asList(
            null,
            -1,
            101,
            150,
            Long.MIN_VALUE,
            Integer.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE * -1,
            0.001,
            12.345,
            Float.NaN,
            BigInteger.TEN.pow(400),
            'x',
            new String[] {"on"},
            new int[] {1},
            List.of("on"),
            "x".repeat(1_000_000),
            new Object());
    for (Object value : refused) {
      assertThatIllegalArgumentException()
          .as("%s", value == null ? "null" : value.getClass())
          .isThrownBy(() -> FlagValue.of(value))
          .withMessageContaining(FlagValue.ALLOWED)
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }
  }

  @Test
  void anyObjectIsReadOrRefusedAndWhatIsReadIsItsOwnText() {
    long seed = Seeds.next("values of a flag");
    Random random = new Random(seed);
    String alphabet = "0123456789.%-+eEonfOFtrueals \t\n\0xäٱ";
    for (int i = 0; i < 100_000; i++) {
      Object value = anything(random, alphabet);
      try {
        FlagValue read = FlagValue.of(value);
        assertThat(FlagValue.parse(read.toString())).as("seed %d: %s", seed, value).isEqualTo(read);
        assertThat(FlagValue.percentage(read.percent()))
            .as("seed %d: %s", seed, value)
            .isEqualTo(read);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).as("seed %d: %s", seed, value).hasMessageContaining(FlagValue.ALLOWED);
      }
    }
  }

  private static Object anything(Random random, String alphabet) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(300) - 100;
      case 1 -> random.nextInt(20_000) / 100.0;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      case 3 -> Float.intBitsToFloat(random.nextInt());
      case 4 -> random.nextLong();
      case 5 -> new byte[random.nextInt(3)];
      default ->
          random
              .ints(random.nextInt(7), 0, alphabet.length())
              .collect(
                  StringBuilder::new,
                  (text, c) -> text.append(alphabet.charAt(c)),
                  StringBuilder::append)
              .toString();
    };
  }

  @Test
  void everyStepIsReadBackFromItsTextAndItsPercentage() {
    for (int buckets = 0; buckets <= FlagValue.BUCKETS; buckets++) {
      FlagValue value = new FlagValue(buckets);
      assertThat(FlagValue.parse(value.toString())).isEqualTo(value);
      assertThat(FlagValue.percentage(value.percent())).isEqualTo(value);
    }
  }

  /** R F1.5; the vectors of the javadoc, made by another implementation of SHA-256. */
  @Test
  void bucketsAreThoseOfTheJavadoc() {
    Locale before = Locale.getDefault();
    try {
      for (Locale locale :
          List.of(Locale.ROOT, Locale.forLanguageTag("tr"), Locale.forLanguageTag("ar"))) {
        Locale.setDefault(locale);
        assertThat(FlagValue.bucketOf(FLAG, "node-1")).isEqualTo(843);
        assertThat(FlagValue.bucketOf(FLAG, "node-2")).isEqualTo(1432);
        assertThat(FlagValue.bucketOf(FLAG, "Z\u00fcrich")).isEqualTo(640);
        assertThat(FlagValue.bucketOf("other_flag", "node-1")).isEqualTo(5562);
        assertThat(FlagValue.parse("8.44%").includes(FLAG, "node-1")).isTrue();
        assertThat(FlagValue.parse("8.43%").includes(FLAG, "node-1")).isFalse();
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** F1.5, F1.6: the share of 100,000 ids is right within a point; 0 is nobody, 100 everybody. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 1, 10, 25, 50, 99, 99.99, 100})
  void sharesAreRight(double percent) {
    FlagValue value = FlagValue.percentage(percent);
    long on = IntStream.range(0, 100_000).filter(i -> value.includes(FLAG, "id-" + i)).count();
    assertThat(on / 1000.0).isCloseTo(percent, within(percent == 0 || percent == 100 ? 0.0 : 0.5));
  }

  /** F1.6 */
  @Test
  void raisingTakesNobodyOut() {
    for (int i = 0; i < 500; i++) {
      boolean before = false;
      for (int buckets = 0; buckets <= FlagValue.BUCKETS; buckets += 50) {
        boolean now = new FlagValue(buckets).includes(FLAG, "id-" + i);
        assertThat(now || !before).as("id-%d at %d buckets", i, buckets).isTrue();
        before = now;
      }
      assertThat(before).as("id-%d at 100 percent", i).isTrue();
    }
  }

  @Test
  void flagsAreIndependentOfEachOther() {
    FlagValue half = FlagValue.percentage(50);
    long both =
        IntStream.range(0, 100_000)
            .filter(i -> half.includes("one", "id-" + i) && half.includes("two", "id-" + i))
            .count();
    assertThat(both / 1000.0).isCloseTo(25, within(0.6));
  }

  @Test
  void flagAndIdAreKeptApart() {
    assertThat(FlagValue.bucketOf("ab", "c")).isNotEqualTo(FlagValue.bucketOf("a", "bc"));
  }

  @Test
  void bucketsOutOfRangeAndNullsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FlagValue(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new FlagValue(10_001));
    assertThatIllegalArgumentException().isThrownBy(() -> FlagValue.ON.includes(null, "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlagValue.OFF.includes("x", (String) null));
    assertThatIllegalArgumentException().isThrownBy(() -> FlagValue.bucketOf(null, ""));
  }
}
