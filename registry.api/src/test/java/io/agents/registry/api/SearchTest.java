package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Searches are values (R6.30, R6.31); how they order is what the contract suites check. */
class SearchTest {

  private static final Query QUERY = Query.parse("(a=1)");

  @Test
  void eachStepMakesAnotherSearch() {
    Search all = Search.of(QUERY);
    Search first = all.orderBy("load").limit(5);
    assertThat(all.orderedBy()).isEmpty();
    assertThat(all.limit()).isEqualTo(Integer.MAX_VALUE);
    assertThat(all.isDescending()).isFalse();
    assertThat(first.query()).isSameAs(QUERY);
    assertThat(first.orderedBy()).contains("load");
    assertThat(first.limit()).isEqualTo(5);
    assertThat(first.orderByDescending("x").isDescending()).isTrue();
    assertThat(first.orderByDescending("x").limit()).isEqualTo(5);
    assertThat(first.orderByDescending("x").orderBy("y").isDescending()).isFalse();
  }

  @Test
  void equalSearchesAreEqual() {
    Search search = Search.of(QUERY).orderBy("load").limit(5);
    assertThat(search)
        .isEqualTo(Search.of(Query.parse("(a=1)")).limit(5).orderBy("load"))
        .hasSameHashCodeAs(Search.of(Query.parse("(a=1)")).limit(5).orderBy("load"))
        .isNotEqualTo(search.limit(6))
        .isNotEqualTo(search.orderBy("x"))
        .isNotEqualTo(search.orderByDescending("load"))
        .isNotEqualTo(Search.of(QUERY));
  }

  @Test
  void textTellsAll() {
    assertThat(Search.of(QUERY)).hasToString("(a=1)");
    assertThat(Search.of(QUERY).orderBy("load").limit(5)).hasToString("(a=1) by load, at most 5");
    assertThat(Search.of(QUERY).orderByDescending("load"))
        .hasToString("(a=1) by load, greatest first");
  }

  @Test
  void badInputIsRefused() {
    assertThatThrownBy(() -> Search.of(null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Search.of(QUERY).limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the limit is 0; allowed is 1 or more");
    for (String name : new String[] {null, "", " a", "a=b"}) {
      assertThatThrownBy(() -> Search.of(QUERY).orderBy(name))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> Search.of(QUERY).orderByDescending(name))
          .isInstanceOf(InvalidQueryException.class);
    }
  }

  @Test
  void keysHaveATotalOrder() {
    List<Object> ordered =
        List.of(
            new BigDecimal("-1E+30"),
            -3L,
            new BigDecimal("-2.5"),
            0L,
            new BigDecimal("0.1"),
            7L,
            new BigDecimal("1E+30"),
            "",
            "1",
            "A",
            "a",
            "ab",
            false,
            true);
    List<Object> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));
    Comparator<Object> order = Query::compareKeys;
    shuffled.sort(order);
    assertThat(shuffled).isEqualTo(ordered);
  }

  @Test
  void whatIsTrueOfAValueIsTrueOfItsKey() {
    for (Object value : List.of(5, 5.0, 5.5f, new BigDecimal("5.50"), "5", 'c', "abc", true)) {
      Object key = Query.valueKey(value);
      for (String filter :
          List.of(
              "(a=5)",
              "(a<5.2)",
              "(a<=5.5)",
              "(a>b)",
              "(a>=5)",
              "(a~=ABC)",
              "(a=a*c)",
              "(a=true)",
              "(a=*)")) {
        Query.AttributeQuery query = (Query.AttributeQuery) Query.parse(filter);
        assertThat(query.matchesValue(value))
            .as("%s of %s", filter, value)
            .isEqualTo(query.matchesValue(key));
        assertThat(query.matchesValue(value)).isEqualTo(query.matches(Map.of("a", value)));
      }
    }
  }
}
