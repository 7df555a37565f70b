package io.agents.registry.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.flags.internal.Wildcards;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values with conditions: F2.1 to F2.4. */
@DisplayName("a value with conditions")
class FlagConditionsTest {

  private static final String FLAG = "a_flag";

  @Test
  void isReadWithAllOfThem() {
    FlagValue value =
        FlagValue.parse(
            " 25%  FOR edge-*, node-? where (&(region=eu) (tier>=2)) from 2026-12-01"
                + " until 2026-12-24T19:00+01:00 ");
    assertThat(value.percent()).isEqualTo(25);
    assertThat(value.conditions())
        .isEqualTo(
            new FlagConditions(
                List.of("edge-*", "node-?"),
                Query.parse("(&(region=eu)(tier>=2))"),
                Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse("2026-12-24T18:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on for node-1",
        "12.5% for edge-*,node-1",
        "off from 2026-12-01T00:00:00Z",
        "on until 2026-12-01T08:30:00Z",
        "0.01% where (|(region=eu)(name=a for b\\)))",
        "50% for * where (a=*) from 2026-01-01T00:00:00Z until 2026-01-01T00:00:00.001Z"
      })
  void isTheSameTextAndBack(String text) {
    FlagValue value = FlagValue.parse(text);
    assertThat(value).hasToString(text);
    assertThat(FlagValue.parse(value.toString())).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Test
  void isReadInAnyOrder() {
    assertThat(FlagValue.parse("on until 2026-12-02 from 2026-12-01 for a"))
        .isEqualTo(FlagValue.parse("on for a from 2026-12-01 until 2026-12-02"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "maybe for a | allowed are",
        "on for | is no name of a node",
        "on for a,,b | is no name of a node",
        "on for a b | is no name of a node",
        "on for a(b | is no name of a node",
        "on for a for b | there is more than one 'for'",
        "on where | what stands after 'where' is no filter",
        "on where region=eu | what stands after 'where' is no filter",
        "on from | is no time",
        "on from tomorrow | 'tomorrow' after 'from' is no time; allowed are a day such as 2026-12-01",
        "on from 2026-12-01T08:00 | is no time",
        "on from 2026-12-01 08:00 | is no time",
        "on from 2026-13-01 | is no time",
        "on from 2026-12-02 until 2026-12-01 | is not before the end",
        "on from 2026-12-01 until 2026-12-01 | is not before the end",
        "for a | allowed are",
      })
  void isRefusedWithWhatIsAllowed(String text, String problem) {
    assertThatThrownBy(() -> FlagValue.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining(FlagValue.ALLOWED);
  }

  @Test
  void isRefusedIfItsTextCouldNotBeReadAgain() {
    assertThatThrownBy(() -> new FlagConditions(List.of("until"), null, null, null))
        .hasMessageContaining("is no name of a node");
    assertThatThrownBy(
            () -> new FlagConditions(List.of(), Query.where("a").equalTo("line\nline"), null, null))
        .hasMessage("the filter has control characters in it");
    assertThatThrownBy(() -> FlagValue.parse("on where (a=b\tc)"))
        .hasMessageContaining("control character");
    assertThatThrownBy(() -> FlagValue.parse("on for " + "a".repeat(5_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isOnForTheNodesThatItNames() {
    FlagValue value = FlagValue.parse("on for edge-*, node-?");
    assertThat(value.includes(FLAG, FlagContext.ofNode("edge-eu-1"))).isTrue();
    assertThat(value.includes(FLAG, FlagContext.of("node-7", "somebody"))).isTrue();
    assertThat(value.includes(FLAG, FlagContext.of("node-77", "edge-1"))).isFalse();
    assertThat(value.includes(FLAG, "edge-1")).as("an id on no node").isFalse();
    assertThat(value.isOn()).isFalse();
    assertThat(value.isOff()).isFalse();
  }

  @Test
  void isOnForTheAttributesThatItAsksFor() {
    FlagValue value = FlagValue.parse("on where (&(region=eu)(tier>=2))");
    assertThat(value.includes(FLAG, context(Map.of("region", "eu", "tier", 3)))).isTrue();
    assertThat(value.includes(FLAG, context(Map.of("region", "eu", "tier", 1)))).isFalse();
    assertThat(value.includes(FLAG, FlagContext.ofNode("node-1"))).isFalse();
  }

  private static FlagContext context(Map<String, ?> attributes) {
    return new FlagContext("node-1", "id", Metadata.copyOf(attributes));
  }

  @Test
  void takesItsShareOfTheIdsThatItIsMeantFor() {
    FlagValue value = FlagValue.parse("30% for node-1");
    int on = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean plain = FlagValue.percentage(30).includes(FLAG, "id-" + i);
      assertThat(value.includes(FLAG, FlagContext.of("node-1", "id-" + i))).isEqualTo(plain);
      assertThat(value.includes(FLAG, FlagContext.of("node-2", "id-" + i))).isFalse();
      on += plain ? 1 : 0;
    }
    assertThat(on).isBetween(2_800, 3_200);
  }

  @Test
  void holdsFromItsBeginningUntilBeforeItsEnd() {
    FlagConditions day = FlagValue.parse("on from 2026-12-01 until 2026-12-02").conditions();
    assertThat(day.holdAt(Instant.parse("2026-11-30T23:59:59.999Z"))).isFalse();
    assertThat(day.holdAt(Instant.parse("2026-12-01T00:00:00Z"))).isTrue();
    assertThat(day.holdAt(Instant.parse("2026-12-01T23:59:59.999Z"))).isTrue();
    assertThat(day.holdAt(Instant.parse("2026-12-02T00:00:00Z"))).isFalse();
    assertThat(FlagConditions.NONE.holdAt(Instant.MIN)).isTrue();
  }

  /** Against regular expressions. */
  @Test
  void wildcardsMatchWhatTheyStandFor() {
    long seed = Seeds.next("patterns of nodes");
    Random random = new Random(seed);
    int matched = 0;
    for (int i = 0; i < 50_000; i++) {
      String pattern = random(random, "ab*?", 8);
      String text = random(random, "ab", 8);
      boolean expected = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), text);
      assertThat(Wildcards.match(pattern, text))
          .as("seed %d: '%s' and '%s'", seed, pattern, text)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).as("matches, seed %d", seed).isBetween(1_000, 49_000);
  }

  @Test
  void wildcardsTakeNoLongTimeForAnything() {
    String text = "a".repeat(2_000);
    assertThat(Wildcards.match("*a".repeat(500) + "*b", text)).isFalse();
    assertThat(Wildcards.match("*a".repeat(500) + "*", text)).isTrue();
  }

  private static String random(Random random, String characters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0} percent of 1,000,000 ids")
  @ValueSource(doubles = {0, 0.01, 1, 10, 50, 99, 100})
  @DisplayName("as a share is that share of a million ids")
  void isThatShareOfAMillionIds(double percent) {
    int ids = 1_000_000;
    FlagValue value = FlagValue.percentage(percent);
    // The next step of a rollout never turns it off.
    FlagValue more = FlagValue.percentage(Math.min(100, percent * 2));
    int on = 0;
    for (int i = 0; i < ids; i++) {
      String id = "agent-" + i;
      if (value.includes(FLAG, id)) {
        on++;
        if (!more.includes(FLAG, id)) {
          throw new AssertionError(id + " is on at " + value + " and off at " + more);
        }
      }
    }
    double share = 100.0 * on / ids;
    if (percent == 0 || percent == 100) {
      assertThat(share).isEqualTo(percent);
    } else {
      assertThat(share).isBetween(percent - 0.2, percent + 0.2).isPositive();
    }
  }
}
