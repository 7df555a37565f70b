package io.agents.registry.testkit;

import io.agents.registry.api.Query;
import io.agents.registry.api.QueryCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random queries over the world of {@link RandomMetadata}, with every operator. Not safe for
 * threads.
 */
public final class RandomQueries {

  private static final int MAX_DEPTH = 3;

  private final Random random;
  private final RandomMetadata metadata;

  /**
   * A source of random queries.
   *
   * @param random where chance comes from; the same seed gives the same queries
   */
  public RandomQueries(Random random) {
    this.random = random;
    this.metadata = new RandomMetadata(random);
  }

  /**
   * A new query.
   *
   * @return a query of at most four levels
   */
  public Query next() {
    return next(MAX_DEPTH);
  }

  private Query next(int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    return switch (kind) {
      case 0, 1 -> Query.allOf(several(depth));
      case 2 -> Query.anyOf(several(depth));
      case 3 -> next(depth - 1).negate();
      default -> condition();
    };
  }

  private List<Query> several(int depth) {
    List<Query> queries = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      queries.add(next(depth - 1));
    }
    return queries;
  }

  private Query condition() {
    List<String> names = RandomMetadata.ATTRIBUTES;
    QueryCondition where = Query.where(names.get(random.nextInt(names.size())));
    return switch (random.nextInt(16)) {
      case 0 -> where.notEqualTo(metadata.value());
      case 1 -> where.approximately(metadata.value());
      case 2 -> where.lessThan(metadata.value());
      case 3 -> where.atMost(metadata.value());
      case 4 -> where.greaterThan(metadata.value());
      case 5 -> where.atLeast(metadata.value());
      case 6 -> where.in(metadata.value(), metadata.value(), metadata.value());
      case 7 -> where.notIn(metadata.value(), metadata.value());
      case 8 -> where.present();
      case 9 -> where.startsWith(piece());
      case 10 -> where.endsWith(piece());
      case 11 -> where.contains(piece());
      case 12 -> where.pieces(piece(), piece(), piece());
      default -> where.equalTo(metadata.value());
    };
  }

  private String piece() {
    String text = metadata.value().toString();
    int begin = random.nextInt(text.length() + 1);
    return text.substring(begin, begin + random.nextInt(text.length() - begin + 1));
  }
}
