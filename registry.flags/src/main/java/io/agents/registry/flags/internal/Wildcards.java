package io.agents.registry.flags.internal;

/** Names with {@code *} for any text and {@code ?} for one character. */
public final class Wildcards {

  private Wildcards() {}

  /**
   * Whether a pattern matches a whole text. Takes at most the product of the lengths, whatever the
   * pattern is, and little stack.
   *
   * @param pattern the pattern
   * @param text the text
   * @return whether it matches
   */
  public static boolean match(String pattern, String text) {
    int p = 0;
    int t = 0;
    // Where to go on if what follows the last star does not match: the star takes one more.
    int star = -1;
    int taken = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        taken = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++taken;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
