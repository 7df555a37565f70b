package io.agents.registry.ets.internal;

import org.jspecify.annotations.Nullable;

/**
 * A set of slots, as an index has it or as several make it up. What it tells of slots that are
 * being changed is not defined; see {@link ChangeLog}.
 *
 * <p>A set is read slot by slot if it has few, else by chunks of {@link Posting#CHUNK} slots, as
 * bits in words.
 */
interface SlotSet {

  /** How many slots there are, at most. */
  long estimate();

  /** How many posting lists have to be asked for a slot, at most. */
  int lists();

  boolean contains(int slot);

  /** The chunks from this one on are empty. */
  int chunks();

  /** Fills in the slots of a chunk; the words are empty before. */
  void fill(int chunk, long[] words);

  /** Adds the slots of a chunk. */
  default void or(int chunk, long[] words) {
    long[] own = filled(chunk);
    for (int i = 0; i < own.length; i++) {
      words[i] |= own[i];
    }
  }

  /** Takes out what is not in the chunk. */
  default void and(int chunk, long[] words) {
    long[] own = filled(chunk);
    for (int i = 0; i < own.length; i++) {
      words[i] &= own[i];
    }
  }

  /** Takes out what is in the chunk. */
  default void andNot(int chunk, long[] words) {
    long[] own = filled(chunk);
    for (int i = 0; i < own.length; i++) {
      words[i] &= ~own[i];
    }
  }

  private long[] filled(int chunk) {
    long[] own = new long[Posting.WORDS];
    fill(chunk, own);
    return own;
  }

  /** All slots, in their order, if there are few; not to be changed. Null if there are many. */
  default int @Nullable [] few() {
    return null;
  }
}
