package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R6.24 Index keys agree with equality")
class QueryKeysTest {

  private static final long SEED = 5_318_008;

  private static final List<String> OPERANDS =
      List.of(
          "5",
          "5.0",
          " 5",
          "05",
          "5e0",
          "true",
          " TRUE",
          "false",
          "c",
          "",
          " ",
          "x",
          "X",
          "0",
          "-0",
          "0.1",
          "1E+400",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "NaN",
          "Infinity",
          "100E2147483647",
          "1e-5",
          "\u0665");

  private static final List<Object> VALUES =
      List.of(
          5,
          5L,
          5.0,
          5.0f,
          (short) 5,
          (byte) 5,
          BigInteger.valueOf(5),
          new BigDecimal("5.000"),
          "5",
          "5.0",
          " 5",
          '5',
          true,
          false,
          "true",
          " TRUE",
          "false",
          'c',
          "c",
          "",
          " ",
          ' ',
          "x",
          "X",
          0,
          -0.0,
          0.1,
          0.1f,
          new BigDecimal("0.10"),
          new BigDecimal("1E+400"),
          BigInteger.TEN.pow(400),
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          BigInteger.ONE.shiftLeft(63),
          0x1p63,
          Double.NaN,
          Float.POSITIVE_INFINITY,
          1e-5,
          "NaN",
          "\u0665",
          new BigDecimal(BigInteger.valueOf(100), Integer.MIN_VALUE));

  @Test
  @DisplayName("R6.24 for every pair of hard operands and values")
  void agreesOnHardPairs() {
    for (String operand : OPERANDS) {
      for (Object value : VALUES) {
        assertAgrees(operand, value);
      }
    }
  }

  @Test
  @DisplayName("R6.24 for random numbers of random types, written in random ways")
  void agreesOnRandomNumbers() {
    Random random = new Random(SEED);
    for (int i = 0; i < 50_000; i++) {
      BigDecimal number = BigDecimal.valueOf(random.nextInt(200) - 100L, random.nextInt(7) - 3);
      Object value =
          switch (random.nextInt(6)) {
            case 0 -> number.intValue();
            case 1 -> number.longValue();
            case 2 -> number.doubleValue();
            case 3 -> number.floatValue();
            case 4 -> number.toBigInteger();
            default -> number;
          };
      BigDecimal other =
          random.nextInt(3) == 0 ? BigDecimal.valueOf(random.nextInt(20), 1) : number;
      assertAgrees(random.nextBoolean() ? other.toString() : other.toPlainString(), value);
    }
  }

  private static void assertAgrees(String operand, Object value) {
    Query.Comparison comparison = (Query.Comparison) Query.where("a").equalTo(operand);
    Object key = Query.valueKey(value);
    boolean byKey = key != null && comparison.equalKeys().contains(key);
    assertThat(comparison.matches(Map.of("a", value)))
        .as(
            "'%s' = %s %s, key %s, keys %s, seed %s",
            operand, value.getClass(), value, key, comparison.equalKeys(), SEED)
        .isEqualTo(byKey);
  }

  @Test
  @DisplayName("R6.24 one to three keys, which cannot be changed")
  void keysAreFew() {
    Set<Object> keys = ((Query.Comparison) Query.where("a").equalTo("5")).equalKeys();
    assertThat(keys).containsExactlyInAnyOrder("5", 5L);
    assertThat(((Query.Comparison) Query.where("a").equalTo("true")).equalKeys())
        .containsExactlyInAnyOrder("true", true);
    assertThat(((Query.Comparison) Query.where("a").equalTo("x")).equalKeys()).containsExactly("x");
    assertThatThrownBy(() -> keys.add("6")).isInstanceOf(UnsupportedOperationException.class);
  }
}
