package io.agents.registry.testkit.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("planted")
@DisplayName("Planted bugs are found, and it is told when they are not")
class PlantedBugsTest {

  private static final PlantedBug NO_LIMIT =
      PlantedBug.named("a deadline does not fail")
          .in("registry.testkit", "Deadline")
          .replacing("throw hang;", "return;")
          .foundBy(DeadlineTest.class);

  @TestFactory
  Stream<DynamicTest> bugs() {
    return PlantedBugs.tests(
        NO_LIMIT.saying("Expecting code to raise a throwable"),
        PlantedBug.named("the seed that is given is not taken")
            .in("registry.testkit", "Seeds")
            .replacing("given() == null ?", "given() != null ?")
            .foundBy(SeedsTest.class));
  }

  @Test
  @DisplayName("a bug that the check does not look for is missed")
  void missed() {
    List<String> lines = assertMissed(NO_LIMIT.foundBy(SeedsTest.class), "ended with 0");
    assertThat(lines)
        .singleElement()
        .asString()
        .matches(
            "\\[planted] MISSED SeedsTest: a deadline does not fail \\([0-9.]+ s, seed -42\\)");
  }

  @Test
  @DisplayName("a check that fails for another reason has missed the bug")
  void otherFailure() {
    assertMissed(NO_LIMIT.saying("something else"), "did not say 'something else'");
  }

  @Test
  @DisplayName("a bug whose place is gone is out of date")
  void outOfDate() {
    assertMissed(NO_LIMIT.replacing("not there", ""), "is out of date: 'not there' is not in");
    assertMissed(NO_LIMIT.replacing("throw ", ""), "is more than once in Deadline");
  }

  @Test
  @DisplayName("a bug is out of date in every build if its place or its check is gone")
  void outOfDateInEveryBuild() throws Exception {
    PlantedBugs.requireUpToDate(NO_LIMIT.foundBy(SeedsTest.class));
    assertOutOfDate(NO_LIMIT.replacing("not there", ""), "'not there' is not in Deadline");
    assertOutOfDate(NO_LIMIT.foundBy(SeedsTest.class, "gone"), "there is no check SeedsTest.gone");
    assertOutOfDate(
        NO_LIMIT.foundBy(PlantedBugsTest.class, "assertMissed"), "with these parameters");
  }

  private static void assertOutOfDate(PlantedBug bug, String message) {
    assertThatThrownBy(() -> PlantedBugs.requireUpToDate(bug))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is out of date")
        .hasMessageContaining(message);
  }

  @Test
  @DisplayName("a bug that does not compile is none")
  void notCompiled() {
    assertMissed(NO_LIMIT.replacing("task.cancel(true);", "no java;"), "does not compile");
  }

  private static List<String> assertMissed(PlantedBug bug, String message) {
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> PlantedBugs.requireFound(bug, lines::add))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
    return lines;
  }
}
