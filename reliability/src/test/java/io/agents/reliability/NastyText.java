package io.agents.reliability;

import io.agents.registry.testkit.RandomQueries;
import java.util.List;
import java.util.Random;

/** Text that is hard to read: filters, nearly filters, and anything else. Not safe for threads. */
final class NastyText {

  /** Far over every limit; whoever reads it must not recurse or copy without bounds. */
  static final List<String> HUGE =
      List.of(
          "(".repeat(100_000),
          ")".repeat(100_000),
          "(!".repeat(30_000),
          "(!".repeat(100_000) + "(node=a)" + ")".repeat(100_000),
          "(&".repeat(100_000) + "(node=a)" + ")".repeat(100_000),
          "(!".repeat(100) + "(node=a)" + ")".repeat(100),
          "(|(node=a)".repeat(6_000),
          "a".repeat(1 << 20),
          "(node=" + "a".repeat(1 << 20) + ")",
          "(node=" + "*".repeat(1 << 20) + ")",
          "(node=" + "a*".repeat(30_000) + ")",
          "(node=" + "\\".repeat(60_000) + ")",
          "(" + "a.".repeat(30_000) + "a=b)",
          "(&" + "(node=a)".repeat(8_000) + ")");

  private static final List<String> TOKENS =
      List.of(
          "(",
          ")",
          "(",
          ")",
          "&",
          "|",
          "!",
          "=",
          "*",
          "**",
          "\\",
          "\\(",
          "\\*",
          "\u0000",
          "~=",
          ">=",
          "<=",
          "<",
          ">",
          "==",
          "node",
          "capability",
          "other",
          "a",
          "x",
          "y",
          "5",
          "-1",
          "1e999",
          "NaN",
          " ",
          "\t",
          "\n",
          "\"",
          "'",
          "$",
          "\ud83d\ude00",
          "\ud83d",
          "\u0130",
          "\u00df",
          ")(",
          "*)(",
          "=*",
          ".",
          "..",
          "null",
          "true",
          "--json",
          "--limit",
          "-",
          "{",
          "}",
          "[",
          "]",
          ";",
          "%s",
          "%n");

  private final Random random;
  private final RandomQueries queries;

  NastyText(Random random) {
    this.random = random;
    queries = new RandomQueries(random);
  }

  String next() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> garbage(40);
      case 2, 3 -> broken(queries.next().toString());
      case 4 -> queries.next().toString();
      case 5, 6 -> broken(comparison());
      default -> filter(3);
    };
  }

  /** A few tokens. */
  String garbage(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(token());
    }
    return text.toString();
  }

  private String token() {
    return TOKENS.get(random.nextInt(TOKENS.size()));
  }

  private String filter(int levels) {
    if (levels == 0) {
      return comparison();
    }
    return switch (random.nextInt(5)) {
      case 0 -> "(&" + filter(levels - 1) + filter(levels - 1) + ")";
      case 1 -> "(|" + filter(levels - 1) + filter(levels - 1) + ")";
      case 2 -> "(!" + filter(levels - 1) + ")";
      default -> comparison();
    };
  }

  private String comparison() {
    String name = pick("node", "capability", "other", "nobody");
    String operator = pick("=", "=", "=", "=", "<=", ">=");
    String operand =
        pick(
            "x", "y", "xy", "*", "* ", " *", "x*", "*y", "*x*", "x*y", "\\*", "a\\(b", "\u00df",
            "");
    return "(" + name + operator + operand + ")";
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The same with a few characters taken away, put in or doubled. */
  private String broken(String text) {
    StringBuilder broken = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && !broken.isEmpty(); i--) {
      int at = random.nextInt(broken.length());
      switch (random.nextInt(3)) {
        case 0 -> broken.deleteCharAt(at);
        case 1 -> broken.insert(at, token());
        default -> broken.setLength(at);
      }
    }
    return broken.toString();
  }
}
