package io.agents.registry.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The second half of a fluent condition, after {@link Query#where}. Operands may be strings,
 * numbers, booleans, characters and enums; each is used by its text, an enum by its name.
 * Immutable.
 *
 * <p>Every method throws {@link InvalidQueryException} for an operand that is null or of another
 * type.
 */
public final class QueryCondition {

  private final AttributePath path;

  QueryCondition(AttributePath path) {
    this.path = path;
  }

  /**
   * Equal, {@code (a=v)}.
   *
   * @param value the operand
   * @return the query
   */
  public Query equalTo(Object value) {
    return comparison(Query.Operator.EQUAL, value);
  }

  /**
   * Not equal, {@code (!(a=v))}; matches agents without the attribute, too.
   *
   * @param value the operand
   * @return the query
   */
  public Query notEqualTo(Object value) {
    return equalTo(value).negate();
  }

  /**
   * Equal but for white space and case, {@code (a~=v)}.
   *
   * @param value the operand
   * @return the query
   */
  public Query approximately(Object value) {
    return comparison(Query.Operator.APPROXIMATE, value);
  }

  /**
   * Less, {@code (a<v)}.
   *
   * @param value the operand
   * @return the query
   */
  public Query lessThan(Object value) {
    return comparison(Query.Operator.LESS, value);
  }

  /**
   * Less or equal, {@code (a<=v)}.
   *
   * @param value the operand
   * @return the query
   */
  public Query atMost(Object value) {
    return comparison(Query.Operator.LESS_OR_EQUAL, value);
  }

  /**
   * Greater, {@code (a>v)}.
   *
   * @param value the operand
   * @return the query
   */
  public Query greaterThan(Object value) {
    return comparison(Query.Operator.GREATER, value);
  }

  /**
   * Greater or equal, {@code (a>=v)}.
   *
   * @param value the operand
   * @return the query
   */
  public Query atLeast(Object value) {
    return comparison(Query.Operator.GREATER_OR_EQUAL, value);
  }

  /**
   * One of several values, {@code (|(a=v)(a=w))}.
   *
   * @param values at least one operand
   * @return the query
   */
  public Query in(Collection<?> values) {
    return Query.anyOf(values.stream().map(this::equalTo).toList());
  }

  /**
   * One of several values, {@code (|(a=v)(a=w))}.
   *
   * @param values at least one operand
   * @return the query
   */
  public Query in(Object... values) {
    return in(Arrays.asList(values));
  }

  /**
   * None of several values, {@code (!(|(a=v)(a=w)))}; matches agents without the attribute, too.
   *
   * @param values at least one operand
   * @return the query
   */
  public Query notIn(Collection<?> values) {
    return in(values).negate();
  }

  /**
   * None of several values, {@code (!(|(a=v)(a=w)))}; matches agents without the attribute, too.
   *
   * @param values at least one operand
   * @return the query
   */
  public Query notIn(Object... values) {
    return in(values).negate();
  }

  /**
   * Present, whatever the value, {@code (a=*)}.
   *
   * @return the query
   */
  public Query present() {
    return new Query.Present(path);
  }

  /**
   * Text that begins so, {@code (a=text*)}.
   *
   * @param text the beginning
   * @return the query
   */
  public Query startsWith(String text) {
    return pieces(text, "");
  }

  /**
   * Text that ends so, {@code (a=*text)}.
   *
   * @param text the end
   * @return the query
   */
  public Query endsWith(String text) {
    return pieces("", text);
  }

  /**
   * Text that holds this, {@code (a=*text*)}.
   *
   * @param text the piece of text
   * @return the query
   */
  public Query contains(String text) {
    return pieces("", text, "");
  }

  /**
   * Text that is made of these pieces in this order with anything between them, {@code
   * (a=first*middle*last)}.
   *
   * @param pieces at least two; the first is the beginning and the last the end; an empty one
   *     stands for nothing
   * @return the query; with nothing but empty pieces, {@link #present()}
   */
  public Query pieces(String... pieces) {
    List<String> list = Arrays.stream(pieces).map(QueryCondition::text).toList();
    if (list.size() < 2) {
      throw new InvalidQueryException(path.name(), 0, "at least two pieces of text");
    }
    return Query.substring(path, list);
  }

  private Query comparison(Query.Operator operator, Object value) {
    return new Query.Comparison(path, operator, text(value));
  }

  private static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character) {
      return value.toString();
    }
    throw new InvalidQueryException(
        String.valueOf(value),
        0,
        "an operand that is a string, number, boolean, character or enum");
  }
}
