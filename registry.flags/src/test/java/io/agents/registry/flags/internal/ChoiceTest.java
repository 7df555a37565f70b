package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {

  private static final Set<String> BOTH = Set.of("ets", "legacy", "other");

  private static Optional<String> choose(
      String wanted, Set<String> available, Object present, boolean starting) {
    return Choice.of(wanted, available, TargetFilter.of(present), starting);
  }

  /** F1.11; nothing is written if it stands there already. */
  @ParameterizedTest
  @CsvSource({
    "ets,,ets",
    "legacy,,legacy",
    "ets,legacy,ets",
    "ets,ets,",
    "legacy,ets,legacy",
    "legacy,legacy,"
  })
  void theWantedOneIsPointedAtIfItIsThere(String wanted, String pointed, String chosen) {
    for (boolean starting : List.of(true, false)) {
      assertThat(choose(wanted, BOTH, filter(pointed), starting))
          .isEqualTo(Optional.ofNullable(chosen));
    }
  }

  private static String filter(String pointed) {
    return pointed == null ? null : TargetFilter.pointingAt(pointed).text();
  }

  /** F1.12 */
  @Test
  void withTheWantedOneMissingTheOtherStaysOrTakesOver() {
    Set<String> legacy = Set.of("legacy");
    assertThat(choose("ets", legacy, filter("legacy"), false)).isEmpty();
    assertThat(choose("ets", legacy, filter("ets"), false)).hasValue("legacy");
    assertThat(choose("ets", legacy, null, false)).hasValue("legacy");
    assertThat(choose("ets", Set.of(), filter("ets"), false)).isEmpty();
    assertThat(choose("ets", Set.of("other"), filter("legacy"), false)).isEmpty();
    assertThat(choose("ets", Set.of(), null, false)).isEmpty();
  }

  /** A restart does not exchange implementations twice. */
  @Test
  void whileTheFrameworkStartsTheWantedOneIsWaitedFor() {
    Set<String> legacy = Set.of("legacy");
    assertThat(choose("ets", legacy, filter("ets"), true)).isEmpty();
    assertThat(choose("ets", legacy, null, true)).isEmpty();
    assertThat(choose("ets", legacy, "((", true)).isEmpty();
    assertThat(choose("ets", BOTH, "((", true)).hasValue("ets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(registry.implementation=other)",
        "(registry.implementation=*)",
        "(&(registry.implementation=ets)(service.vendor=me))",
        "(!(registry.implementation=ets))",
        "(service.id=7)",
        "(registry.implementation=ETS)"
      })
  void aFilterOfSomebodyElseIsLeftAlone(String foreign) {
    assertThat(TargetFilter.of(foreign).kind()).isEqualTo(TargetFilter.Kind.FOREIGN);
    for (String wanted : List.of("ets", "legacy")) {
      assertThat(choose(wanted, BOTH, foreign, false)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "x", "(registry.implementation=ets", "()", "registry.implementation=ets"})
  void aFilterThatDoesNotParseIsReplaced(String broken) {
    assertThat(TargetFilter.of(broken).kind()).isEqualTo(TargetFilter.Kind.BROKEN);
    assertThat(choose("ets", BOTH, broken, false)).hasValue("ets");
  }

  @Test
  void aValueThatIsNoTextAndTextThatIsTooDeepOrLongIsBroken() {
    for (Object value :
        List.of(
            7,
            new String[] {"(registry.implementation=other)"},
            "(!".repeat(100_000) + "(a=b)" + ")".repeat(100_000),
            "(!".repeat(60) + "(a=b)" + ")".repeat(60),
            "(a=" + "b".repeat(20_000) + ")")) {
      assertThat(TargetFilter.of(value).kind()).isEqualTo(TargetFilter.Kind.BROKEN);
    }
    String wide = "(|" + "(a=b)".repeat(100) + ")";
    assertThat(TargetFilter.of(wide).kind()).isEqualTo(TargetFilter.Kind.FOREIGN);
  }

  @Test
  void whiteSpaceDoesNotMakeAFilterSomebodyElses() {
    TargetFilter spaced = TargetFilter.of(" ( registry.implementation =ets) ");
    assertThat(spaced.implementation()).hasValue("ets");
    assertThat(choose("ets", BOTH, " ( registry.implementation =ets) ", false)).isEmpty();
    assertThat(choose("ets", BOTH, "  ", false)).hasValue("ets");
  }
}
