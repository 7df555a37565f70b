package io.agents.registry.flags.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * The target filter that stands in the registry's configuration.
 *
 * @param kind what may be done with it
 * @param text the filter as it is written; empty if there is none
 * @param implementation the implementation it points at, if it is a filter of the selector's own
 *     form
 */
record TargetFilter(Kind kind, String text, Optional<String> implementation) {

  /** What may be done with a target filter. */
  enum Kind {
    /** There is none, or it points at one of the two implementations that the flag chooses from. */
    OURS,
    /** It can't be read, so that nothing is found by it. */
    BROKEN,
    /** Somebody chose something else. */
    FOREIGN
  }

  private static final TargetFilter NONE = new TargetFilter(Kind.OURS, "", Optional.empty());

  private static final Set<String> CHOICE = Set.of(RegistryBackend.LEGACY, RegistryBackend.ETS);

  private static final Pattern OWN_FORM =
      Pattern.compile(
          "\\s*\\(\\s*" + Pattern.quote(RegistryBackend.IMPLEMENTATION) + "\\s*=(\\w+)\\)\\s*");

  /** The parser of the framework recurses: deeper or longer text could exhaust the stack. */
  private static final int DEEPEST = 50;

  private static final int LONGEST = 10_000;

  /** The filter that points at an implementation. */
  static TargetFilter pointingAt(String implementation) {
    return new TargetFilter(
        Kind.OURS,
        "(" + RegistryBackend.IMPLEMENTATION + "=" + implementation + ")",
        Optional.of(implementation));
  }

  /** Reads the value of the key in the configuration; null if it is not there. */
  static TargetFilter of(@Nullable Object value) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      return NONE;
    }
    if (!(value instanceof String text)) {
      return new TargetFilter(Kind.BROKEN, Texts.describe(value), Optional.empty());
    }
    Matcher own = OWN_FORM.matcher(text);
    if (own.matches() && CHOICE.contains(own.group(1))) {
      return new TargetFilter(Kind.OURS, text, Optional.of(own.group(1)));
    }
    return new TargetFilter(parses(text) ? Kind.FOREIGN : Kind.BROKEN, text, Optional.empty());
  }

  private static boolean parses(String text) {
    long brackets = text.chars().filter(c -> c == '(').count();
    if (text.length() > LONGEST || (brackets > DEEPEST && depth(text) > DEEPEST)) {
      return false;
    }
    try {
      FrameworkUtil.createFilter(text);
      return true;
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }

  /** How deep the brackets are nested; escaped ones count too, which errs on the safe side. */
  private static int depth(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        deepest = Math.max(deepest, ++depth);
      } else if (text.charAt(i) == ')') {
        depth--;
      }
    }
    return deepest;
  }
}
