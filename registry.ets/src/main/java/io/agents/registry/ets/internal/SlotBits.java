package io.agents.registry.ets.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A set that many of the slots are in: a bit for each of them. Any number of threads may read;
 * whoever adds or removes a slot holds the lock of its stripe.
 */
final class SlotBits implements SlotSet {

  /*
   * Design
   *
   * The slots of one stripe stand side by side, 64 in a chunk; see SlotTable. So a word of bits is
   * written under one lock, which its writers hold anyway, and a change is a load and a store. In a
   * posting list it is a monitor, a volatile size and, where slots are listed, another array. A list
   * of all agents, or of all that have some attribute, changes with every registration, while nobody
   * gains from its being short.
   *
   * What readers know of such a set is what they know of posting lists: a word is changed as a whole,
   * and the change log tells them which bits to ask for anew.
   */

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /** Replaced by a longer one, under the monitor; the chunks in it stay. */
  private volatile long[][] chunks = new long[0][];

  /** By stripe: how many of its slots are in the set. Read without its lock, to add them up. */
  private final int[] sizes = new int[IdTable.STRIPES];

  /** Adds a slot, if it is not in the set. */
  void add(int slot) {
    long[] words = chunk(slot >>> Posting.CHUNK_BITS);
    int at = word(slot);
    if ((words[at] & 1L << slot) == 0) {
      WORD.setRelease(words, at, words[at] | 1L << slot);
      sizes[SlotTable.stripe(slot)]++;
    }
  }

  /** Takes a slot out, if it is in the set. */
  void remove(int slot) {
    if (contains(slot)) {
      long[] words = chunks[slot >>> Posting.CHUNK_BITS];
      int at = word(slot);
      WORD.setRelease(words, at, words[at] & ~(1L << slot));
      sizes[SlotTable.stripe(slot)]--;
    }
  }

  private static int word(int slot) {
    return (slot & (Posting.CHUNK - 1)) >>> 6;
  }

  private long[] chunk(int chunk) {
    long[][] present = chunks;
    return (chunk < present.length ? present : grown(chunk))[chunk];
  }

  private synchronized long[][] grown(int chunk) {
    long[][] present = chunks;
    if (chunk >= present.length) {
      long[][] longer = Arrays.copyOf(present, chunk + 1);
      for (int i = present.length; i <= chunk; i++) {
        longer[i] = new long[Posting.WORDS];
      }
      chunks = longer;
      present = longer;
    }
    return present;
  }

  /** While no write is under way, exactly; else give or take those that are. */
  int size() {
    int size = 0;
    for (int stripe : sizes) {
      size += stripe;
    }
    return size;
  }

  @Override
  public long estimate() {
    return size();
  }

  @Override
  public int lists() {
    return 1;
  }

  @Override
  public boolean contains(int slot) {
    long[][] present = chunks;
    int chunk = slot >>> Posting.CHUNK_BITS;
    return chunk < present.length && (present[chunk][word(slot)] & 1L << slot) != 0;
  }

  @Override
  public int chunks() {
    return chunks.length;
  }

  @Override
  public void fill(int chunk, long[] words) {
    or(chunk, words);
  }

  @Override
  public void or(int chunk, long[] words) {
    long[][] present = chunks;
    if (chunk < present.length) {
      long[] own = present[chunk];
      for (int i = 0; i < Posting.WORDS; i++) {
        words[i] |= own[i];
      }
    }
  }

  @Override
  public void and(int chunk, long[] words) {
    long[][] present = chunks;
    if (chunk < present.length) {
      long[] own = present[chunk];
      for (int i = 0; i < Posting.WORDS; i++) {
        words[i] &= own[i];
      }
    } else {
      Arrays.fill(words, 0);
    }
  }

  @Override
  public void andNot(int chunk, long[] words) {
    long[][] present = chunks;
    if (chunk < present.length) {
      long[] own = present[chunk];
      for (int i = 0; i < Posting.WORDS; i++) {
        words[i] &= ~own[i];
      }
    }
  }
}
