package io.agents.registry.core.internal;

import java.util.OptionalLong;

/** Knows the longest of the lookups that are measured. */
interface LongestRead {

  /** Nothing is measured. */
  LongestRead UNKNOWN =
      new LongestRead() {
        @Override
        public void reset() {}

        @Override
        public OptionalLong sinceReset() {
          return OptionalLong.empty();
        }
      };

  /** Begins anew. */
  void reset();

  /** The longest since then, in nanoseconds; empty if none was measured. */
  OptionalLong sinceReset();
}
