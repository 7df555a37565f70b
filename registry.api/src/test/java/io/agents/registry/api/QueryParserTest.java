package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R6 The text form of queries")
class QueryParserTest {

  @ParameterizedTest(name = "R6.22 {0} is refused at position {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "\"\"                ; 0 ; '('",
        "a=b                 ; 0 ; '('",
        "(                   ; 1 ; attribute name",
        "()                  ; 1 ; attribute name",
        "(=b)                ; 1 ; attribute name",
        "(a                  ; 2 ; operators",
        "(a)                 ; 2 ; operators",
        "(a*=b)              ; 2 ; operators",
        "(a~b)               ; 3 ; '='",
        "(a=b                ; 4 ; ')'",
        "(a=(b))             ; 3 ; ')'",
        "(a=b))              ; 5 ; end of the filter",
        "(a=b)(c=d)          ; 5 ; end of the filter",
        "(a=b) x             ; 6 ; end of the filter",
        "(a=b\\              ; 5 ; after '\\'",
        "(&)                 ; 2 ; '('",
        "(&(a=b)             ; 7 ; ')'",
        "(&(a=b)c=d)         ; 7 ; ')'",
        "(|)                 ; 2 ; '('",
        "(!)                 ; 2 ; '('",
        "(!(a=b)(c=d))       ; 7 ; ')'",
        "(!a=b)              ; 2 ; '('",
      })
  void tellsPosition(String filter, int position, String expected) {
    assertThatThrownBy(() -> Query.parse(filter))
        .isInstanceOfSatisfying(
            InvalidQueryException.class,
            e -> {
              assertThat(e.position()).isEqualTo(position);
              assertThat(e.expected()).contains(expected);
              assertThat(e.text()).isEqualTo(filter);
            })
        .hasMessageContaining("position " + position);
  }

  @Test
  @DisplayName("R13.2 null is refused")
  void refusesNull() {
    assertThatThrownBy(() -> Query.parse(null)).isInstanceOf(InvalidQueryException.class);
  }

  @ParameterizedTest(name = "R6.19 white space around brackets and names means nothing: {0}")
  @ValueSource(
      strings = {
        "(&(a=1)(b=2))",
        " ( & ( a=1) (b =2) ) ",
        "(&\n\t(a=1)\n\t(b=2)\n)",
        "( &(  a  =1)( b=2))"
      })
  void skipsSpace(String filter) {
    assertThat(Query.parse(filter)).isEqualTo(Query.parse("(&(a=1)(b=2))"));
  }

  @Test
  @DisplayName("R6.19 white space in a value counts")
  void keepsSpaceInValues() {
    assertThat(Query.parse("(a= b )")).isEqualTo(Query.where("a").equalTo(" b "));
    assertThat(Query.parse("(a= b )")).isNotEqualTo(Query.parse("(a=b)"));
    assertThat(Query.parse("(a=)")).isEqualTo(Query.where("a").equalTo(""));
    assertThat(Query.parse("(a= )")).isEqualTo(Query.where("a").equalTo(" "));
    assertThat(Query.parse("(a b=c)")).isEqualTo(Query.where("a b").equalTo("c"));
  }

  @Test
  @DisplayName("R6.19 a backslash takes the next character as it is")
  void unescapes() {
    assertThat(Query.parse("(a=\\*)")).isEqualTo(Query.where("a").equalTo("*"));
    assertThat(Query.parse("(a=\\(x\\)\\\\)")).isEqualTo(Query.where("a").equalTo("(x)\\"));
    assertThat(Query.parse("(a=\\b)")).isEqualTo(Query.where("a").equalTo("b"));
    assertThat(Query.parse("(a>=\\*)")).isEqualTo(Query.where("a").atLeast("*"));
    assertThat(Query.parse("(a>=*)")).isEqualTo(Query.where("a").atLeast("*"));
  }

  @Test
  @DisplayName("R6.21 text and builder make equal queries, for every operator")
  void textAndBuilderAgree() {
    QueryCondition a = Query.where("a");
    Map<String, Query> pairs =
        Map.ofEntries(
            Map.entry("(a=5)", a.equalTo(5)),
            Map.entry("(!(a=5))", a.notEqualTo("5")),
            Map.entry("(a~=X)", a.approximately('X')),
            Map.entry("(a<5)", a.lessThan(5L)),
            Map.entry("(a<=5.5)", a.atMost(5.5)),
            Map.entry("(a>true)", a.greaterThan(true)),
            Map.entry("(a>=DAYS)", a.atLeast(java.util.concurrent.TimeUnit.DAYS)),
            Map.entry("(|(a=1)(a=2))", a.in(1, 2)),
            Map.entry("(|(a=1))", a.in(List.of(1))),
            Map.entry("(!(|(a=x)(a=y)))", a.notIn("x", "y")),
            Map.entry("(!(|(a=x)))", a.notIn(List.of("x"))),
            Map.entry("(a=*)", a.present()),
            Map.entry("(a=x*)", a.startsWith("x")),
            Map.entry("(a=*x)", a.endsWith("x")),
            Map.entry("(a=*x*)", a.contains("x")),
            Map.entry("(a=x*y*z)", a.pieces("x", "y", "z")),
            Map.entry("(a=x*z)", a.pieces("x", "", "z")),
            Map.entry("(a=*\\**)", a.contains("*")),
            Map.entry("(&(a=1)(b=2))", a.equalTo(1).and(Query.where("b").equalTo(2))),
            Map.entry("(|(a=1)(b=2))", a.equalTo(1).or(Query.where("b").equalTo(2))),
            Map.entry("(&(a=1))", Query.allOf(List.of(a.equalTo(1)))),
            Map.entry(
                "(|(a=1)(a=2)(a=3))",
                Query.anyOf(List.of(a.equalTo(1), a.equalTo(2), a.equalTo(3)))),
            Map.entry("(!(a=*))", a.present().negate()));
    pairs.forEach(
        (text, query) -> {
          assertThat(Query.parse(text)).as(text).isEqualTo(query).hasSameHashCodeAs(query);
          assertThat(query.toString()).isEqualTo(text);
        });
  }

  @Test
  @DisplayName("R6.14 stars alone ask whether the attribute is there")
  void starsAlone() {
    Query present = Query.where("a").present();
    assertThat(Query.parse("(a=**)")).isEqualTo(present);
    assertThat(Query.parse("(a=***)")).isEqualTo(present);
    assertThat(Query.where("a").startsWith("")).isEqualTo(present);
    assertThat(Query.where("a").contains("")).isEqualTo(present);
    assertThat(Query.parse("(a=x**y)")).isEqualTo(Query.parse("(a=x*y)"));
  }

  @Test
  @DisplayName("R6.21 queries differ if any part of them does")
  void differs() {
    List<Query> queries =
        List.of(
                "(a=1)",
                "(b=1)",
                "(a=2)",
                "(a~=1)",
                "(a<1)",
                "(a<=1)",
                "(a>1)",
                "(a>=1)",
                "(a=*)",
                "(a=1*)",
                "(a=*1)",
                "(!(a=1))",
                "(&(a=1))",
                "(|(a=1))",
                "(&(a=1)(b=1))",
                "(&(b=1)(a=1))")
            .stream()
            .map(Query::parse)
            .toList();
    assertThat(queries).doesNotHaveDuplicates();
    for (Query query : queries) {
      assertThat(query.equals(new Object())).isFalse();
    }
  }

  @Test
  @DisplayName("R13.2 operands, names and pieces that cannot stand in a query are refused")
  void refusesWrongArguments() {
    QueryCondition a = Query.where("a");
    for (Object operand : new Object[] {null, new Object(), List.of("x"), new int[0]}) {
      assertThatThrownBy(() -> a.equalTo(operand))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("an operand that is");
    }
    for (String name :
        new String[] {
          null, "", " ", "a ", " a", "a=b", "a<", "a>", "a~", "(a", "a)", "a*", "a\\", "!a", "&a",
          "|a"
        }) {
      assertThatThrownBy(() -> Query.where(name))
          .as("name %s", name)
          .isInstanceOf(InvalidQueryException.class);
    }
    assertThat(Query.where("a!&|b.c-d_e/f#g 1").present().toString())
        .isEqualTo("(a!&|b.c-d_e/f#g 1=*)");
    assertThatThrownBy(() -> a.pieces("x")).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> a.pieces("x", null)).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> a.in()).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> a.notIn(List.of())).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> Query.allOf(List.of())).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> Query.anyOf(List.of())).isInstanceOf(InvalidQueryException.class);
  }

  @Test
  @DisplayName("R6.23 the limits are exact")
  void limitsAreExact() {
    String depth50 = "(!".repeat(49) + "(a=1)" + ")".repeat(49);
    assertThat(Query.parse(depth50).depth()).isEqualTo(50);
    assertThatThrownBy(() -> Query.parse("(!" + depth50 + ")"))
        .isInstanceOfSatisfying(
            InvalidQueryException.class, e -> assertThat(e.position()).isEqualTo(100))
        .hasMessageContaining("50 levels");
    String longest = "(a=" + "x".repeat(65_532) + ")";
    assertThat(Query.parse(longest).toString()).isEqualTo(longest);
    assertThatThrownBy(() -> Query.parse(longest + " "))
        .isInstanceOfSatisfying(
            InvalidQueryException.class, e -> assertThat(e.position()).isEqualTo(65_536))
        .hasMessageContaining("65536 characters");
    assertThat(Query.parse("(a=1)", new QueryLimits(1, 5))).isNotNull();
    assertThatThrownBy(() -> Query.parse("(!(a=1))", new QueryLimits(1, 50)))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> Query.parse("(ab=1)", new QueryLimits(1, 5)))
        .isInstanceOf(InvalidQueryException.class);
  }

  @ParameterizedTest(name = "R6.23 100,000 levels of {0} do not overflow the stack")
  @ValueSource(strings = {"(!", "(&", "(|", "(", "( ! "})
  void deepNestingIsRefused(String level) throws Exception {
    String deep = level.repeat(100_000) + "(a=1)" + ")".repeat(100_000);
    QueryLimits widest = new QueryLimits(QueryLimits.HIGHEST_DEPTH, QueryLimits.HIGHEST_LENGTH);
    onSmallStack(
        () ->
            assertThatThrownBy(() -> Query.parse(deep, widest))
                .isInstanceOf(InvalidQueryException.class));
  }

  /** Runs a check with the smallest stack that threads of servers have. */
  private static void onSmallStack(Runnable check) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread small = new Thread(null, check, "small stack", 256 * 1024);
    small.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
    small.start();
    small.join();
    assertThat(failure[0]).isNull();
  }

  @Test
  @DisplayName("R6.23 no query is deeper than 250 levels, however it is built; one of 250 works")
  void deepestQuery() throws Exception {
    onSmallStack(QueryParserTest::checkDeepestQuery);
  }

  private static void checkDeepestQuery() {
    Query query = Query.where("a").equalTo(1);
    for (int depth = 1; depth < 250; depth++) {
      query = depth % 2 == 0 ? query.negate() : Query.allOf(List.of(query));
    }
    Query deepest = query;
    assertThat(deepest.depth()).isEqualTo(250);
    QueryLimits widest = new QueryLimits(250, QueryLimits.HIGHEST_LENGTH);
    assertThat(Query.parse(deepest.toString(), widest))
        .isEqualTo(deepest)
        .hasSameHashCodeAs(deepest);
    // 124 of the levels are negations: an even number.
    assertThat(deepest.matches(Map.of("a", 1))).isTrue();
    assertThat(deepest.matches(Map.of("a", 2))).isFalse();
    assertThatThrownBy(deepest::negate)
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("250 levels");
    assertThatThrownBy(() -> deepest.and(deepest)).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> deepest.or(deepest)).isInstanceOf(InvalidQueryException.class);
  }

  @Test
  @DisplayName("R6.23 limits out of range are refused with the range")
  void limitsHaveARange() {
    assertThat(QueryLimits.DEFAULT).isEqualTo(new QueryLimits(50, 65_536));
    assertThatThrownBy(() -> new QueryLimits(251, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxDepth is 251; allowed is 1 to 250");
    assertThatThrownBy(() -> new QueryLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QueryLimits(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxLength is 0");
    assertThatThrownBy(() -> new QueryLimits(1, 1_048_577))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("R6.19 an attribute name has at most 32 dots")
  void boundsDots() {
    String most = "a" + ".a".repeat(32);
    assertThat(Query.parse("(" + most + "=1)").matches(Map.of(most, 1))).isTrue();
    assertThatThrownBy(() -> Query.parse("(&(a=1)(" + most + ".a=1))"))
        .isInstanceOfSatisfying(
            InvalidQueryException.class, e -> assertThat(e.position()).isEqualTo(8))
        .hasMessageContaining("32 dots");
  }
}
