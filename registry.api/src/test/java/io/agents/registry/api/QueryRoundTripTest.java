package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R6.20 The text of a query parses back to it")
class QueryRoundTripTest {

  private static final long SEED = 19_960_630;

  @Test
  @DisplayName("R6.20 for random queries with every operator and hard texts")
  void parsesBack() {
    RandomQuery queries = new RandomQuery(new Random(SEED));
    for (int i = 0; i < 20_000; i++) {
      Query query = queries.next(1 + i % 5);
      String text = query.toString();
      Query parsed = Query.parse(text);
      assertThat(parsed)
          .as("seed %s, query %s: %s", SEED, i, text)
          .isEqualTo(query)
          .hasSameHashCodeAs(query);
      assertThat(parsed.toString()).isEqualTo(text);
      assertThat(parsed.depth()).isEqualTo(query.depth());
    }
  }

  @Test
  @DisplayName("R6.22 random damage to a filter is refused as a filter, or is another one")
  void survivesDamage() {
    Random random = new Random(SEED);
    RandomQuery queries = new RandomQuery(random);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(queries.next(3).toString());
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, "()*\\=<>~!&| ".charAt(random.nextInt(12)));
        default -> text.setLength(at);
      }
      refused += isRefused(text.toString()) ? 1 : 0;
    }
    assertThat(refused).as("refused of 20,000, seed %s", SEED).isGreaterThan(5_000);
  }

  private static boolean isRefused(String text) {
    try {
      Query query = Query.parse(text);
      assertThat(Query.parse(query.toString())).as(text).isEqualTo(query);
      return false;
    } catch (InvalidQueryException e) {
      assertThat(e.position()).as("position in %s", text).isBetween(0, text.length());
      assertThat(e.expected()).isNotEmpty();
      assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}");
      return true;
    }
  }
}
