package io.agents.registry.ets.internal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was in one of many posting lists when they were merged: bits for all slots. Costs as much as
 * the lists hold, however many they are. Not safe for threads.
 */
final class MergedSet implements SlotSet {

  private static final int FEW = 1_024;

  private long[] words = new long[0];
  private int size;

  MergedSet(List<Posting> lists) {
    long[] chunkWords = new long[Posting.WORDS];
    for (Posting list : lists) {
      int[] few = list.few();
      if (few != null) {
        add(few);
      } else {
        for (int chunk = 0; chunk < list.chunks(); chunk++) {
          Arrays.fill(chunkWords, 0);
          list.or(chunk, chunkWords);
          add(chunk, chunkWords);
        }
      }
    }
    for (long word : words) {
      size += Long.bitCount(word);
    }
  }

  private void add(int[] few) {
    if (few.length > 0) {
      reserve(few[few.length - 1] >>> Posting.CHUNK_BITS);
    }
    for (int slot : few) {
      words[slot >>> 6] |= 1L << slot;
    }
  }

  private void add(int chunk, long[] added) {
    reserve(chunk);
    for (int i = 0; i < added.length; i++) {
      words[chunk * Posting.WORDS + i] |= added[i];
    }
  }

  private void reserve(int chunk) {
    int needed = (chunk + 1) * Posting.WORDS;
    if (needed > words.length) {
      words = Arrays.copyOf(words, Math.max(needed, 2 * words.length));
    }
  }

  @Override
  public long estimate() {
    return size;
  }

  @Override
  public int lists() {
    return 1;
  }

  @Override
  public boolean contains(int slot) {
    return slot >>> 6 < words.length && (words[slot >>> 6] & 1L << slot) != 0;
  }

  @Override
  public int chunks() {
    return words.length / Posting.WORDS;
  }

  @Override
  public void fill(int chunk, long[] into) {
    or(chunk, into);
  }

  @Override
  public void or(int chunk, long[] into) {
    if (chunk < chunks()) {
      for (int i = 0; i < Posting.WORDS; i++) {
        into[i] |= words[chunk * Posting.WORDS + i];
      }
    }
  }

  @Override
  public int @Nullable [] few() {
    if (size > FEW) {
      return null;
    }
    int[] few = new int[size];
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        few[count++] = (i << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return few;
  }
}
