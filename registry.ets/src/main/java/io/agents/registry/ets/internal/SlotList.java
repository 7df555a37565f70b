package io.agents.registry.ets.internal;

import java.util.Arrays;

/** Slots in their order, while they are collected. Used by one thread. */
final class SlotList {

  private static final int FIRST_LENGTH = 256;
  private static final int LONGEST_FIRST = 1 << 24;

  private int[] slots;
  private int size;

  SlotList(long expected) {
    slots = new int[(int) Math.min(expected, LONGEST_FIRST)];
  }

  private SlotList(int[] all) {
    slots = all;
    size = all.length;
  }

  /** All slots of a set. */
  static SlotList of(SlotSet set) {
    return of(set, Integer.MAX_VALUE);
  }

  /** Some slots of a set: all, if there are no more than so many, else as many or more. */
  static SlotList of(SlotSet set, int enough) {
    int[] few = set.few();
    if (few != null) {
      return new SlotList(few);
    }
    if (set instanceof Posting posting && enough == Integer.MAX_VALUE) {
      SlotList list = new SlotList(set.estimate() + Long.SIZE);
      posting.addTo(list);
      return list;
    }
    SlotList list = new SlotList(FIRST_LENGTH);
    list.addChunks(set, enough);
    return list;
  }

  private void addChunks(SlotSet set, int enough) {
    long[] words = new long[Posting.WORDS];
    int chunks = set.chunks();
    for (int chunk = 0; chunk < chunks && size < enough; chunk++) {
      if (chunk > 0) {
        Arrays.fill(words, 0);
      }
      set.fill(chunk, words);
      addBits(chunk, words);
    }
  }

  private static int count(long[] words) {
    int count = 0;
    for (int i = 0; i < Posting.WORDS; i++) {
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  void add(int slot) {
    reserve(1);
    slots[size++] = slot;
  }

  void addAll(int[] listed) {
    reserve(listed.length);
    System.arraycopy(listed, 0, slots, size, listed.length);
    size += listed.length;
  }

  /** The low bits of slots of a chunk. */
  void addLow(int chunk, char[] listed) {
    reserve(listed.length);
    int base = chunk << Posting.CHUNK_BITS;
    for (char low : listed) {
      slots[size++] = base + low;
    }
  }

  /** The slots of a chunk as bits, which somebody may change meanwhile: each word is read once. */
  void addBits(int chunk, long[] words) {
    for (int i = 0; i < Posting.WORDS; i++) {
      long word = words[i];
      if (word != 0) {
        reserve(Long.SIZE);
        appendBits((chunk << Posting.CHUNK_BITS) + (i << 6), word);
      }
    }
  }

  private void appendBits(int base, long bits) {
    int at = size;
    for (long word = bits; word != 0; word &= word - 1) {
      slots[at++] = base + Long.numberOfTrailingZeros(word);
    }
    size = at;
  }

  private void reserve(int more) {
    if (size + more > slots.length) {
      slots = Arrays.copyOf(slots, Math.max(size + more, slots.length * 2));
    }
  }

  int size() {
    return size;
  }

  /** The slots, and perhaps some room behind them; not to be changed. */
  int[] slots() {
    return slots;
  }

  /** Where a slot is, or a negative number. */
  int indexOf(int slot) {
    return Arrays.binarySearch(slots, 0, size, slot);
  }

  int[] toArray() {
    return Arrays.copyOf(slots, size);
  }

  /** How many slots of a set there are, without a list of them. */
  static int count(SlotSet set) {
    if (set instanceof Posting posting) {
      return posting.size();
    }
    if (set instanceof SlotBits bits) {
      return bits.size();
    }
    int[] few = set.few();
    if (few != null) {
      return few.length;
    }
    long[] words = new long[Posting.WORDS];
    int chunks = set.chunks();
    int count = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      Arrays.fill(words, 0);
      set.fill(chunk, words);
      count += count(words);
    }
    return count;
  }
}
