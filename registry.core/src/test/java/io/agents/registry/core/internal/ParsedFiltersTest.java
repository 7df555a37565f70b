package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryLimits;
import org.junit.jupiter.api.Test;

/** Filters that come again are not read again (R6.29). */
class ParsedFiltersTest {

  private final ParsedFilters filters = new ParsedFilters();

  @Test
  void filterThatComesAgainIsTheSameQuery() {
    Query first = filters.parse("(&(a=1)(b=2))", QueryLimits.DEFAULT);
    assertThat(filters.parse("(&(a=1)(b=2))", QueryLimits.DEFAULT)).isSameAs(first);
    assertThat(filters.parse("(&(a=1)(b=3))", QueryLimits.DEFAULT)).isNotEqualTo(first);
  }

  @Test
  void lowerLimitsRefuseWhatWasReadBefore() {
    filters.parse("(&(a=1)(b=2))", QueryLimits.DEFAULT);
    QueryLimits flat = new QueryLimits(1, 1_000);
    assertThatThrownBy(() -> filters.parse("(&(a=1)(b=2))", flat))
        .isInstanceOf(InvalidQueryException.class);
    assertThat(filters.parse("(a=1)", flat)).isEqualTo(Query.parse("(a=1)"));
  }

  @Test
  void whatIsKeptIsBounded() {
    for (int i = 0; i < 3 * ParsedFilters.MOST; i++) {
      filters.parse("(a=" + i + ")", QueryLimits.DEFAULT);
      assertThat(filters.size()).isLessThanOrEqualTo(ParsedFilters.MOST);
    }
    int kept = filters.size();
    filters.parse("(a=" + "x".repeat(ParsedFilters.LONGEST) + ")", QueryLimits.DEFAULT);
    assertThat(filters.size()).as("long texts are not kept").isEqualTo(kept);
  }

  @Test
  void badTextIsRefusedEveryTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> filters.parse("(a=1", QueryLimits.DEFAULT))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> filters.parse(null, QueryLimits.DEFAULT))
          .isInstanceOf(InvalidQueryException.class);
    }
  }
}
