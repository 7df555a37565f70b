package io.agents.examples.fleet.internal;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates word by word; a word that it does not know stays as it is. */
record Glossary(Map<String, String> words) {

  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  String translate(String text) {
    return WORD.matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(translation(word.group())));
  }

  private String translation(String word) {
    return words.getOrDefault(word.toLowerCase(Locale.ROOT), word);
  }
}
