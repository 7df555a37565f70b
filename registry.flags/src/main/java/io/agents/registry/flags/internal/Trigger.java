package io.agents.registry.flags.internal;

import io.agents.registry.flags.FlagChange.Source;

/**
 * What made the flags be computed anew.
 *
 * @param source by what means
 * @param reason the reason in the history where nobody gave one
 */
record Trigger(Source source, String reason) {

  static final Trigger CONFIGURATION =
      new Trigger(Source.CONFIGURATION, "changed in the configuration");
  static final Trigger TIME = new Trigger(Source.TIME, "the time came");
  static final Trigger EXTERNAL = new Trigger(Source.EXTERNAL, "another answer of flag.source");
  static final Trigger DEFINITION = new Trigger(Source.DEFINITION, "defined anew");
}
