package io.agents.registry.testkit.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Seeds and effort come from system properties")
class SeedsTest {

  private final String givenSeed = System.getProperty(Seeds.PROPERTY);
  private final String givenEffort = System.getProperty(Effort.PROPERTY);

  @BeforeEach
  void forget() {
    System.clearProperty(Seeds.PROPERTY);
    System.clearProperty(Effort.PROPERTY);
  }

  @AfterEach
  void restore() {
    restore(Seeds.PROPERTY, givenSeed);
    restore(Effort.PROPERTY, givenEffort);
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  @Test
  @DisplayName("a seed is new each time, unless one is given")
  void seed() {
    assertThat(Stream.generate(() -> Seeds.next("seeds")).limit(8)).doesNotHaveDuplicates();
    System.setProperty(Seeds.PROPERTY, "-42");
    assertThat(Stream.generate(() -> Seeds.next("seeds")).limit(3)).containsOnly(-42L);
  }

  @Test
  @DisplayName("a seed that is no number is refused")
  void badSeed() {
    System.setProperty(Seeds.PROPERTY, "today");
    assertThatThrownBy(() -> Seeds.next("seeds"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("registry.seed", "'today'", "64 bits");
  }

  @Test
  @DisplayName("the effort is quick unless exhaustive is asked for")
  void effort() {
    assertThat(Effort.rounds(1, 100)).isEqualTo(1);
    System.setProperty(Effort.PROPERTY, "exhaustive");
    assertThat(Effort.rounds(1, 100)).isEqualTo(100);
    System.setProperty(Effort.PROPERTY, "some");
    assertThatThrownBy(Effort::isExhaustive)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("registry.effort", "'some'", "quick and exhaustive");
  }
}
