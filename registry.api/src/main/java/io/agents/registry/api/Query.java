package io.agents.registry.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the metadata of an agent: an immutable value that is prepared once and may be used
 * often, by many threads.
 *
 * <p>Its text form is the filter syntax of OSGi (RFC 1960), with two additions, the strict {@code
 * (a<5)} and {@code (a>5)}. {@link #toString} gives text that {@link #parse parses} back to an
 * equal query. The fluent form makes the same values:
 *
 * <pre>{@code
 * Query.where("capability").equalTo("translation")
 *     .and(Query.where("resources.memory").atLeast(512));
 * Query.parse("(&(capability=translation)(resources.memory>=512))");
 * }</pre>
 *
 * <h2>What matches</h2>
 *
 * <ul>
 *   <li>An attribute {@code a.b} reads the key {@code a.b} and, inside a map under {@code a}, the
 *       key {@code b}. Names are case-sensitive. A list or set matches if one of its elements does.
 *   <li>The operand is text; each value that it meets decides how it is compared. A string compares
 *       as text, a number by its numeric value ({@code 5}, {@code 5.0} and {@code 5L} are equal)
 *       and not at all if the operand is no number, a character as a text of one character, a
 *       boolean with {@code true} or {@code false} in any case. Booleans, NaN and infinite numbers
 *       have no order; NaN and infinite numbers equal nothing.
 *   <li>{@code not} turns any answer around: {@code (!(a=5))} matches an agent without {@code a},
 *       too.
 * </ul>
 */
public abstract sealed class Query {

  /** How a value is compared with an operand. */
  public enum Operator {
    /** Equal, {@code =}. */
    EQUAL("="),
    /** Equal but for white space and upper or lower case, {@code ~=}. */
    APPROXIMATE("~="),
    /** Less, {@code <}. */
    LESS("<"),
    /** Less or equal, {@code <=}. */
    LESS_OR_EQUAL("<="),
    /** Greater, {@code >}. */
    GREATER(">"),
    /** Greater or equal, {@code >=}. */
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /**
     * How the operator is written.
     *
     * @return the text of the operator, such as {@code >=}
     */
    public String symbol() {
      return symbol;
    }
  }

  private final int depth;

  private Query(int depth) {
    if (depth > QueryLimits.HIGHEST_DEPTH) {
      throw new InvalidQueryException(
          "", 0, "a query of at most " + QueryLimits.HIGHEST_DEPTH + " levels");
    }
    this.depth = depth;
  }

  /**
   * Reads a filter, under the default limits.
   *
   * @param filter a filter in the syntax of OSGi (RFC 1960)
   * @return the query
   * @throws InvalidQueryException if the text is null, too long, too deep or no filter; with the
   *     position and what was expected there
   */
  public static Query parse(String filter) {
    return parse(filter, QueryLimits.DEFAULT);
  }

  /**
   * Reads a filter, under the given limits.
   *
   * @param filter a filter in the syntax of OSGi (RFC 1960)
   * @param limits how deep and how long it may be
   * @return the query
   * @throws InvalidQueryException as {@link #parse(String)}
   */
  public static Query parse(String filter, QueryLimits limits) {
    return new QueryParser(filter, limits).parse();
  }

  /**
   * Begins a condition on one attribute.
   *
   * @param attribute the name or path of the attribute
   * @return what to ask of it
   * @throws InvalidQueryException if the name is null or empty, begins or ends with white space or
   *     has characters that a filter can't hold
   */
  public static QueryCondition where(String attribute) {
    return new QueryCondition(AttributePath.of(attribute));
  }

  /**
   * All of several queries.
   *
   * @param queries at least one
   * @return a query that matches what all of them match
   * @throws InvalidQueryException if there is none, or the result would be deeper than any query
   *     may be
   */
  public static Query allOf(Collection<? extends Query> queries) {
    return new And(List.copyOf(queries));
  }

  /**
   * Any of several queries.
   *
   * @param queries at least one
   * @return a query that matches what at least one of them matches
   * @throws InvalidQueryException if there is none, or the result would be deeper than any query
   *     may be
   */
  public static Query anyOf(Collection<? extends Query> queries) {
    return new Or(List.copyOf(queries));
  }

  /**
   * Both of two queries.
   *
   * @param other the other one
   * @return a query that matches what this and the other match
   * @throws InvalidQueryException if the result would be deeper than any query may be
   */
  public final Query and(Query other) {
    return new And(List.of(this, other));
  }

  /**
   * Either of two queries.
   *
   * @param other the other one
   * @return a query that matches what this or the other matches
   * @throws InvalidQueryException if the result would be deeper than any query may be
   */
  public final Query or(Query other) {
    return new Or(List.of(this, other));
  }

  /**
   * The opposite.
   *
   * @return a query that matches what this one does not
   * @throws InvalidQueryException if the result would be deeper than any query may be
   */
  public final Query negate() {
    return new Not(this);
  }

  /**
   * Whether metadata satisfies this query.
   *
   * @param metadata the metadata of an agent; a plain map works as well
   * @return whether it matches
   */
  public abstract boolean matches(Map<String, ?> metadata);

  /**
   * The key under which an index keeps a value, such that values which equal the same operands have
   * the same key.
   *
   * @param value a string, number, boolean or character of metadata
   * @return a string, long, {@code BigDecimal} or boolean; null for NaN and infinite numbers, which
   *     equal nothing
   */
  public static @Nullable Object valueKey(Object value) {
    return Operand.valueKey(value);
  }

  /**
   * The order of the keys that {@link #valueKey} gives, as {@link Search} orders agents: numbers by
   * their numeric value, then texts by UTF-16 code units, then {@code false} and {@code true}. For
   * an index that keeps values in order.
   *
   * @param one a key
   * @param other another key
   * @return a negative number, zero or a positive number, as the first key comes before the other,
   *     is equal to it, or comes after it
   */
  public static int compareKeys(Object one, Object other) {
    return Operand.compareKeys(one, other);
  }

  /**
   * How deep operators are nested.
   *
   * @return the depth in levels, 1 for a single comparison
   */
  public final int depth() {
    return depth;
  }

  /**
   * The text form.
   *
   * @return a filter that parses back to an equal query
   */
  @Override
  public final String toString() {
    return QueryText.write(this);
  }

  @Override
  public abstract boolean equals(Object other);

  @Override
  public abstract int hashCode();

  /** A condition on one attribute. */
  public abstract static sealed class AttributeQuery extends Query {
    private final AttributePath path;
    private final Predicate<Object> matcher = this::matchesValue;

    private AttributeQuery(AttributePath path) {
      super(1);
      this.path = path;
    }

    /**
     * The attribute that is looked at.
     *
     * @return its name or path
     */
    public final String attribute() {
      return path.name();
    }

    /**
     * Whether one value satisfies the condition, wherever it stands: for backends that keep the
     * values of an attribute apart from the agents. What is true of a value is true of its {@link
     * Query#valueKey key}; of NaN and infinite numbers, which have none, nothing is true but
     * presence.
     *
     * @param value a string, number, boolean or character, or the key of one
     * @return whether an agent that has this value matches
     */
    public abstract boolean matchesValue(Object value);

    final boolean anyValue(Map<String, ?> metadata) {
      return path.anyValue(metadata, matcher);
    }

    final boolean isPresent(Map<String, ?> metadata) {
      return path.isPresent(metadata);
    }
  }

  /** Compares the values of an attribute with an operand. */
  public static final class Comparison extends AttributeQuery {
    private final Operator operator;
    private final Operand operand;

    Comparison(AttributePath path, Operator operator, String value) {
      super(path);
      this.operator = operator;
      this.operand = new Operand(value);
    }

    @Override
    public boolean matchesValue(Object value) {
      return switch (operator) {
        case EQUAL -> operand.isEqualTo(value);
        case APPROXIMATE -> operand.isApproximately(value);
        case LESS -> operand.isOrdered(value) && operand.compare(value) < 0;
        case LESS_OR_EQUAL -> operand.isOrdered(value) && operand.compare(value) <= 0;
        case GREATER -> operand.isOrdered(value) && operand.compare(value) > 0;
        case GREATER_OR_EQUAL -> operand.isOrdered(value) && operand.compare(value) >= 0;
      };
    }

    /**
     * How it is compared.
     *
     * @return the operator
     */
    public Operator operator() {
      return operator;
    }

    /**
     * What it is compared with.
     *
     * @return the operand, as text
     */
    public String value() {
      return operand.text;
    }

    /**
     * The keys of all values that equal the operand, for backends with an index: a value equals the
     * operand exactly if its {@link Query#valueKey} is one of them.
     *
     * @return one to three keys; can't be changed
     */
    public Set<Object> equalKeys() {
      return operand.equalKeys();
    }

    @Override
    public boolean matches(Map<String, ?> metadata) {
      return anyValue(metadata);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Comparison that
          && operator == that.operator
          && attribute().equals(that.attribute())
          && value().equals(that.value());
    }

    @Override
    public int hashCode() {
      return Objects.hash(attribute(), operator, value());
    }
  }

  /** Asks whether an attribute is there, whatever its value. */
  public static final class Present extends AttributeQuery {
    Present(AttributePath path) {
      super(path);
    }

    @Override
    public boolean matches(Map<String, ?> metadata) {
      return isPresent(metadata);
    }

    @Override
    public boolean matchesValue(Object value) {
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Present that && attribute().equals(that.attribute());
    }

    @Override
    public int hashCode() {
      return attribute().hashCode();
    }
  }

  /** Looks for pieces of text, in their order, in the strings of an attribute. */
  public static final class Substring extends AttributeQuery {
    private final List<String> pieces;

    /**
     * Takes the first piece (or empty), the ones in the middle and the last (or empty), not all of
     * them empty.
     */
    Substring(AttributePath path, List<String> pieces) {
      super(path);
      this.pieces = List.copyOf(pieces);
    }

    /**
     * The pieces of text.
     *
     * @return what the text begins with, what it holds in the middle, and what it ends with; the
     *     first and the last may be empty; at least two
     */
    public List<String> pieces() {
      return pieces;
    }

    @Override
    public boolean matches(Map<String, ?> metadata) {
      return anyValue(metadata);
    }

    @Override
    public boolean matchesValue(Object value) {
      return (value instanceof String || value instanceof Character) && holds(value.toString());
    }

    private boolean holds(String text) {
      String first = pieces.get(0);
      String last = pieces.get(pieces.size() - 1);
      int from = first.length();
      int end = text.length() - last.length();
      if (from > end || !text.startsWith(first) || !text.endsWith(last)) {
        return false;
      }
      for (String middle : pieces.subList(1, pieces.size() - 1)) {
        int at = text.indexOf(middle, from);
        if (at < 0 || at + middle.length() > end) {
          return false;
        }
        from = at + middle.length();
      }
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Substring that
          && attribute().equals(that.attribute())
          && pieces.equals(that.pieces);
    }

    @Override
    public int hashCode() {
      return Objects.hash(attribute(), pieces);
    }
  }

  /** All or any of several queries. */
  public abstract static sealed class Composite extends Query {
    private final List<Query> operands;

    private Composite(List<Query> operands) {
      super(1 + operands.stream().mapToInt(Query::depth).max().orElse(0));
      if (operands.isEmpty()) {
        throw new InvalidQueryException("", 0, "at least one query to combine");
      }
      this.operands = operands;
    }

    /**
     * The queries that are combined.
     *
     * @return at least one, in their order; can't be changed
     */
    public final List<Query> operands() {
      return operands;
    }

    @Override
    public final boolean equals(Object other) {
      return other instanceof Composite that
          && getClass() == that.getClass()
          && operands.equals(that.operands);
    }

    @Override
    public final int hashCode() {
      return 31 * getClass().getSimpleName().hashCode() + operands.hashCode();
    }
  }

  /** Matches what all operands match. */
  public static final class And extends Composite {
    And(List<Query> operands) {
      super(operands);
    }

    @Override
    public boolean matches(Map<String, ?> metadata) {
      for (Query operand : operands()) {
        if (!operand.matches(metadata)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Matches what at least one operand matches. */
  public static final class Or extends Composite {
    Or(List<Query> operands) {
      super(operands);
    }

    @Override
    public boolean matches(Map<String, ?> metadata) {
      for (Query operand : operands()) {
        if (operand.matches(metadata)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Matches what its operand does not. */
  public static final class Not extends Query {
    private final Query operand;

    Not(Query operand) {
      super(1 + operand.depth());
      this.operand = operand;
    }

    /**
     * The query that is turned around.
     *
     * @return the operand
     */
    public Query operand() {
      return operand;
    }

    @Override
    public boolean matches(Map<String, ?> metadata) {
      return !operand.matches(metadata);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Not that && operand.equals(that.operand);
    }

    @Override
    public int hashCode() {
      return ~operand.hashCode();
    }
  }

  /** Makes the substring query of the pieces, or the simpler query that they amount to. */
  static Query substring(AttributePath path, List<String> pieces) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean atEnd = i == 0 || i == pieces.size() - 1;
      if (atEnd || !pieces.get(i).isEmpty()) {
        kept.add(pieces.get(i));
      }
    }
    boolean anything = kept.stream().allMatch(String::isEmpty);
    return anything ? new Present(path) : new Substring(path, kept);
  }
}
