package io.agents.registry.shell.internal.logic;

import java.util.Locale;

/** Constants of enums as text. */
final class Words {

  private Words() {}

  /** For a person: {@code OTHER_REVISION} is {@code other revision}. */
  static String of(Enum<?> constant) {
    return key(constant).replace('_', ' ');
  }

  /** For a script: {@code OTHER_REVISION} is {@code other_revision}. */
  static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
