package io.agents.registry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random queries with every operator, and operands that are hard to write. */
final class RandomQuery {

  static final List<String> NAMES =
      List.of("a", "a.b", "a b", "A", "x.y.z", "\u00FCml", "a!b&c|d", "..", "\uD83D\uDE00", "a\tb");

  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "X",
          " x ",
          "*",
          "**",
          "a*b",
          "(",
          ")",
          "()",
          "(a=b)",
          "\\",
          "\\\\",
          "\\*",
          "*\\",
          "=",
          "<=",
          "~",
          "!",
          "&",
          "|",
          "\u0000",
          "\n",
          "\t",
          "\r\n",
          "\uD83D\uDE00",
          "\uD83D",
          "\u00DF",
          "\u0130",
          "5",
          "5.0",
          " 5 ",
          "-0",
          "1e3",
          "1E+1000",
          "true",
          " True ",
          "NaN",
          "null",
          ")(x=*",
          "x)(|(a=*");

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  Query next(int levels) {
    return switch (levels <= 1 ? 9 : random.nextInt(10)) {
      case 0, 1 -> Query.allOf(several(levels));
      case 2, 3 -> Query.anyOf(several(levels));
      case 4 -> next(levels - 1).negate();
      default -> condition();
    };
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private List<Query> several(int levels) {
    List<Query> queries = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      queries.add(next(levels - 1));
    }
    return queries;
  }

  private Query condition() {
    QueryCondition where = Query.where(NAMES.get(random.nextInt(NAMES.size())));
    return switch (random.nextInt(14)) {
      case 0 -> where.equalTo(text());
      case 1 -> where.notEqualTo(text());
      case 2 -> where.approximately(text());
      case 3 -> where.lessThan(text());
      case 4 -> where.atMost(text());
      case 5 -> where.greaterThan(text());
      case 6 -> where.atLeast(text());
      case 7 -> where.in(text(), text(), text());
      case 8 -> where.notIn(text(), text());
      case 9 -> where.present();
      case 10 -> where.startsWith(text());
      case 11 -> where.endsWith(text());
      case 12 -> where.contains(text());
      default -> where.pieces(text(), text(), text(), text());
    };
  }
}
