package io.agents.registry.ets.internal;

import io.agents.registry.api.Query;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison by order finds in an ordered index: numbers are compared with the operand as a
 * number, texts with its text.
 *
 * @param numbers the lists of the numbers in the range; empty if the operand is no number
 * @param texts the lists of the texts in the range
 */
record KeyRange(Collection<Posting> numbers, Collection<Posting> texts) {

  /** The least text; every number comes before it. */
  private static final String FIRST_TEXT = "";

  /** Comes after every text. */
  private static final Object AFTER_TEXTS = false;

  /** The range, or null if the index is not ordered or the condition is about no order. */
  static @Nullable KeyRange of(Query.AttributeQuery condition, AttributeIndex index) {
    ConcurrentNavigableMap<Object, Posting> ordered = index.ordered();
    if (ordered == null || !(condition instanceof Query.Comparison comparison)) {
      return null;
    }
    Object number = number(comparison);
    String text = comparison.value();
    return switch (comparison.operator()) {
      case LESS, LESS_OR_EQUAL -> {
        boolean also = comparison.operator() == Query.Operator.LESS_OR_EQUAL;
        yield new KeyRange(
            number == null ? List.of() : ordered.headMap(number, also).values(),
            ordered.subMap(FIRST_TEXT, true, text, also).values());
      }
      case GREATER, GREATER_OR_EQUAL -> {
        boolean also = comparison.operator() == Query.Operator.GREATER_OR_EQUAL;
        yield new KeyRange(
            number == null ? List.of() : ordered.subMap(number, also, FIRST_TEXT, false).values(),
            ordered.subMap(text, also, AFTER_TEXTS, false).values());
      }
      case EQUAL, APPROXIMATE -> null;
    };
  }

  /** The operand as a number, or null if it is none. */
  private static @Nullable Object number(Query.Comparison comparison) {
    for (Object key : comparison.equalKeys()) {
      if (key instanceof Number) {
        return key;
      }
    }
    return null;
  }
}
