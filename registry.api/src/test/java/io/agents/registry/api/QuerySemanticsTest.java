package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R6 What queries match")
class QuerySemanticsTest {

  /** Asserts what a filter on the attribute {@code a} answers to single values. */
  private static void matching(String filter, Object... values) {
    for (Object value : values) {
      assertThat(matches(filter, value))
          .as("%s matches %s %s", filter, value.getClass(), value)
          .isTrue();
    }
  }

  private static void notMatching(String filter, Object... values) {
    for (Object value : values) {
      assertThat(matches(filter, value))
          .as("%s matches %s %s", filter, value.getClass(), value)
          .isFalse();
    }
  }

  private static boolean matches(String filter, Object value) {
    Query query = Query.parse(filter);
    boolean asMetadata = query.matches(Metadata.copyOf(Map.of("a", value)));
    assertThat(query.matches(Map.of("a", value)))
        .as("the same on a plain map")
        .isEqualTo(asMetadata);
    return asMetadata;
  }

  @Test
  @DisplayName("R6.1 a string is equal to the letter")
  void stringsAreEqualToTheLetter() {
    matching("(a=x y)", "x y");
    notMatching("(a=x y)", "X y", "x  y", " x y", "x y ", "xy", "");
    matching("(a=)", "");
    matching("(a=5)", "5");
    notMatching("(a=5)", "5.0", " 5", "05");
  }

  @Test
  @DisplayName("R6.2 numbers are equal by value, whatever their types")
  void numbersAreEqualByValue() {
    for (String five : List.of("5", "5.0", "05", "+5", "5e0", "50E-1", "0.5e1", " 5 ")) {
      matching(
          "(a=" + five + ")",
          5,
          5L,
          (short) 5,
          (byte) 5,
          5.0,
          5.0f,
          BigInteger.valueOf(5),
          new BigDecimal("5.00"),
          new BigDecimal("0.5E+1"));
      notMatching("(a=" + five + ")", 6, 5.5, -5, 50, new BigDecimal("5.000000000000000000001"));
    }
    matching("(a=0.1)", 0.1, 0.1f, new BigDecimal("0.1"));
    matching("(a=.1)", 0.1);
    matching("(a=0)", 0, 0.0, -0.0, new BigDecimal("0E+10"), BigInteger.ZERO);
    matching("(a=-0)", 0, 0.0, -0.0);
    matching("(a=1e3)", 1000, 1000.0);
    matching("(a=9223372036854775807)", Long.MAX_VALUE, BigInteger.valueOf(Long.MAX_VALUE));
    notMatching("(a=9223372036854775807)", 0x1p63, Long.MAX_VALUE - 1);
    matching("(a=9223372036854775808)", BigInteger.ONE.shiftLeft(63));
    notMatching("(a=9223372036854775808)", Long.MAX_VALUE, Long.MIN_VALUE);
    matching("(a=1E+400)", new BigDecimal("1E+400"), BigInteger.TEN.pow(400));
    notMatching("(a=1E+400)", Double.POSITIVE_INFINITY, Double.MAX_VALUE);
  }

  @Test
  @DisplayName("R6.2 numbers at the end of what exponents can hold do no harm")
  void hugeExponents() {
    for (String huge :
        List.of(
            "1E+999999999",
            "1E-999999999",
            "100E2147483647",
            "10E2147483647",
            "1E99999999999999",
            "0E2147483647")) {
      notMatching("(a=" + huge + ")", 5, 5.5, Long.MAX_VALUE, "x", true);
      matches("(a>=" + huge + ")", 5);
      matches("(a<" + huge + ")", 5.5);
    }
    BigDecimal huge = new BigDecimal(BigInteger.valueOf(1_000), Integer.MIN_VALUE + 1);
    assertThat(Query.valueKey(huge))
        .isEqualTo(Query.valueKey(new BigDecimal(BigInteger.valueOf(100), Integer.MIN_VALUE)));
    matching("(a>5)", huge);
    notMatching("(a=5)", huge);
    matching("(a=0E2147483647)", 0);
  }

  @Test
  @DisplayName("R6.3 booleans are equal in any case, with white space around")
  void booleansInAnyCase() {
    for (String text : List.of("true", "TRUE", " True ")) {
      matching("(a=" + text + ")", true);
      notMatching("(a=" + text + ")", false, 1);
    }
    matching("(a=false)", false);
    notMatching("(a=false)", true, 0);
    notMatching("(a=x)", true, false);
    notMatching("(a=)", true, false);
  }

  @Test
  @DisplayName("R6.4 a character is a text of one character")
  void characters() {
    matching("(a=c)", 'c', "c");
    notMatching("(a=c)", 'C', 'd');
    notMatching("(a=cc)", 'c');
    notMatching("(a=)", 'c');
    notMatching("(a= c)", 'c');
    matching("(a=5)", '5');
    matching("(a= )", ' ');
  }

  @Test
  @DisplayName("R6.5 each value decides how it is compared")
  void eachValueDecides() {
    matching("(a=5)", 5, 5.0, "5", '5');
    notMatching("(a=5.0)", "5", '5');
    matching("(a=5.0)", 5, "5.0");
    notMatching("(a=five)", 5);
    notMatching("(a<x)", 5, 1e300);
    notMatching("(a>=x)", 5);
  }

  @Test
  @DisplayName("R6.6 NaN and infinite numbers equal nothing and have no order")
  void notFiniteNumbers() {
    for (Object value :
        List.of(Double.NaN, Float.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
      for (String filter :
          List.of(
              "(a=NaN)",
              "(a=Infinity)",
              "(a=-Infinity)",
              "(a=5)",
              "(a<5)",
              "(a<=5)",
              "(a>5)",
              "(a>=5)",
              "(a~=NaN)")) {
        notMatching(filter, value);
      }
      matching("(a=*)", value);
      assertThat(Query.valueKey(value)).isNull();
    }
  }

  @Test
  @DisplayName("R6.7 a collection matches if one of its elements does, at every level")
  void collections() {
    matching("(a=x)", List.of("x"), Set.of("y", "x"), List.of(1, List.of("y", Set.of("x"))));
    notMatching("(a=x)", List.of(), List.of("y"), Map.of("x", "x"), List.of(Map.of("x", "x")));
    matching("(a>=5)", List.of(1, "x", 7));
    matching("(&(a>=5)(a<2))", List.of(1, 7));
    matching("(a=x*)", List.of(5, "xyz"));
  }

  @Test
  @DisplayName("R6.8 paths read flat and nested keys, through lists too")
  void paths() {
    Query query = Query.parse("(a.b.c=1)");
    for (Map<String, ?> map :
        List.<Map<String, ?>>of(
            Map.of("a.b.c", 1),
            Map.of("a.b", Map.of("c", 1)),
            Map.of("a", Map.of("b.c", 1)),
            Map.of("a", Map.of("b", Map.of("c", 1))),
            Map.of("a", List.of("x", Map.of("b", List.of(Map.of("c", List.of(2, 1)))))),
            Map.of("a.b.c", 2, "a", Map.of("b", Map.of("c", 1))))) {
      assertThat(query.matches(Metadata.copyOf(map))).as("%s", map).isTrue();
    }
    for (Map<String, ?> map :
        List.<Map<String, ?>>of(
            Map.of("a", Map.of("c", 1)),
            Map.of("a.b", 1),
            Map.of("c", 1),
            Map.of("A.b.c", 1),
            Map.of("a", "b.c"),
            Map.of())) {
      assertThat(query.matches(Metadata.copyOf(map))).as("%s", map).isFalse();
    }
  }

  @Test
  @DisplayName("R6.9 R6.14 a map or an empty list is present, and matches nothing else")
  void mapsArePresent() {
    matching("(a=*)", Map.of(), List.of(), Set.of(), List.of(Map.of()), "", false, Map.of("b", 1));
    notMatching("(a=)", Map.of(), List.of());
    notMatching("(a>=)", Map.of());
    assertThat(Query.parse("(a.b=*)").matches(Map.of("a", Map.of("b", Map.of())))).isTrue();
    assertThat(Query.parse("(a.b=*)").matches(Map.of("a", List.of(Map.of("b", List.of())))))
        .isTrue();
    assertThat(Query.parse("(a.b=*)").matches(Map.of("a", Map.of("c", 1)))).isFalse();
    assertThat(Query.parse("(a=*)").matches(Map.of())).isFalse();
  }

  @Test
  @DisplayName("R6.10 names are case-sensitive")
  void namesAreCaseSensitive() {
    assertThat(Query.parse("(A=1)").matches(Map.of("a", 1))).isFalse();
  }

  @Test
  @DisplayName("R6.12 texts are ordered by code units, numbers by value, booleans not at all")
  void order() {
    matching("(a<b)", "a", "", "B", 'a', "aaa");
    notMatching("(a<b)", "b", "c", 'b', "ba");
    matching("(a<=b)", "b", 'b');
    matching("(a>10)", "9", 11, 10.5, new BigDecimal("10.0000001"));
    notMatching("(a>10)", "1", 9, 10, 10.0);
    matching("(a>=10)", 10, 10.0, 1e30, Long.MAX_VALUE);
    matching("(a<=-0.5)", -0.5, -1, Long.MIN_VALUE, new BigDecimal("-1E+50"));
    notMatching("(a<=-0.5)", 0, -0.4f);
    matching("(a<9223372036854775808)", Long.MAX_VALUE);
    matching("(a>-9223372036854775809)", Long.MIN_VALUE);
    for (String filter : List.of("(a<true)", "(a<=true)", "(a>false)", "(a>=false)")) {
      notMatching(filter, true, false);
    }
  }

  @Test
  @DisplayName("R6.13 approximately ignores white space and case of texts")
  void approximately() {
    matching("(a~=Hello World)", "helloworld", " HELLO\tWORLD\n", "Hello World");
    notMatching("(a~=Hello World)", "hello", "hello-world");
    matching("(a~=c)", 'C', "C ");
    matching("(a~=5.0)", 5);
    notMatching("(a~=5)", 6, true);
    matching("(a~=TRUE)", true, "true");
  }

  @Test
  @DisplayName("R6.15 pieces are found in order and without overlap")
  void substrings() {
    matching("(a=ab*)", "ab", "abc");
    notMatching("(a=ab*)", "a", "xab", "AB");
    matching("(a=*ab)", "ab", "xab");
    matching("(a=*ab*)", "ab", "xaby");
    matching("(a=a*a)", "aa", "aba");
    notMatching("(a=a*a)", "a");
    matching("(a=*ab*ba*)", "abba", "xabxbax");
    notMatching("(a=*ab*ba*)", "aba", "baab");
    matching("(a=x*y*z)", "xyz", "x-y-z");
    notMatching("(a=x*y*z)", "xz", "xzy");
    notMatching("(a=a*ab*b)", "aabab".substring(0, 3));
    matching("(a=c*)", 'c');
    notMatching("(a=5*)", 5, 55, true);
    notMatching("(a=t*)", true);
  }

  @Test
  @DisplayName("R6.16 R6.17 R6.18 and, or, not, in, not in")
  void composites() {
    Query ab = Query.parse("(&(a=1)(b=2))");
    assertThat(ab.matches(Map.of("a", 1, "b", 2))).isTrue();
    assertThat(ab.matches(Map.of("a", 1))).isFalse();
    Query either = Query.parse("(|(a=1)(b=2))");
    assertThat(either.matches(Map.of("b", 2))).isTrue();
    assertThat(either.matches(Map.of("b", 1))).isFalse();
    matching("(!(a=1))", 2, "x");
    notMatching("(!(a=1))", 1, List.of(1, 2));
    assertThat(Query.parse("(!(a=1))").matches(Map.of())).isTrue();
    Query in = Query.where("a").in(1, "x");
    Query notIn = Query.where("a").notIn(1, "x");
    for (Object value : List.of(1, "x", List.of(7, 1.0))) {
      assertThat(in.matches(Map.of("a", value))).isTrue();
      assertThat(notIn.matches(Map.of("a", value))).isFalse();
    }
    assertThat(in.matches(Map.of())).isFalse();
    assertThat(notIn.matches(Map.of())).isTrue();
  }
}
