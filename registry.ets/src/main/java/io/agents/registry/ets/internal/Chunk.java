package io.agents.registry.ets.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one chunk in a posting list, by their low twelve bits: null if there are none, a
 * sorted {@code char[]} of a few, or a {@code long[]} of bits with their number behind them. An
 * array of a few is never changed; bits are changed in place. Writers are serialised by the list.
 */
final class Chunk {

  private static final int LISTED = 128;
  private static final int LISTED_AGAIN = 64;

  private Chunk() {}

  static boolean contains(@Nullable Object chunk, int low) {
    if (chunk instanceof long[] words) {
      return (words[low >>> 6] & 1L << low) != 0;
    }
    return chunk != null && Arrays.binarySearch((char[]) chunk, (char) low) >= 0;
  }

  /** Adds a slot to bits; whether it was not there. */
  static boolean set(long[] words, int low) {
    long bit = 1L << low;
    if ((words[low >>> 6] & bit) != 0) {
      return false;
    }
    words[low >>> 6] |= bit;
    words[Posting.WORDS]++;
    return true;
  }

  /** Takes a slot out of bits; whether it was there. */
  static boolean clear(long[] words, int low) {
    long bit = 1L << low;
    if ((words[low >>> 6] & bit) == 0) {
      return false;
    }
    words[low >>> 6] &= ~bit;
    words[Posting.WORDS]--;
    return true;
  }

  /** Whether bits may be listed when one more is taken out. */
  static boolean isScarce(long[] words) {
    return words[Posting.WORDS] <= LISTED_AGAIN;
  }

  /** A few slots, or none, with another one; themselves, if it is there. */
  static Object with(char @Nullable [] listed, int low) {
    if (listed == null) {
      return new char[] {(char) low};
    }
    int found = Arrays.binarySearch(listed, (char) low);
    if (found >= 0) {
      return listed;
    }
    if (listed.length == LISTED) {
      long[] words = words(listed);
      set(words, low);
      return words;
    }
    int at = -found - 1;
    char[] longer = new char[listed.length + 1];
    System.arraycopy(listed, 0, longer, 0, at);
    longer[at] = (char) low;
    System.arraycopy(listed, at, longer, at + 1, listed.length - at);
    return longer;
  }

  private static long[] words(char[] listed) {
    long[] words = new long[Posting.WORDS + 1];
    for (char low : listed) {
      words[low >>> 6] |= 1L << low;
    }
    words[Posting.WORDS] = listed.length;
    return words;
  }

  /** The chunk without a slot; itself, if the slot is not there. */
  static @Nullable Object without(Object chunk, int low) {
    if (chunk instanceof long[] words) {
      return clear(words, low) ? listed(words) : words;
    }
    char[] listed = (char[]) chunk;
    int at = Arrays.binarySearch(listed, (char) low);
    if (at < 0) {
      return listed;
    }
    char[] shorter = new char[listed.length - 1];
    System.arraycopy(listed, 0, shorter, 0, at);
    System.arraycopy(listed, at + 1, shorter, at, shorter.length - at);
    return shorter.length == 0 ? null : shorter;
  }

  private static char[] listed(long[] words) {
    char[] listed = new char[(int) words[Posting.WORDS]];
    int count = 0;
    for (int i = 0; i < Posting.WORDS; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        listed[count++] = (char) ((i << 6) + Long.numberOfTrailingZeros(word));
      }
    }
    return listed;
  }

  /** Adds the slots to bits. */
  static void or(@Nullable Object chunk, long[] into) {
    if (chunk instanceof long[] bits) {
      for (int i = 0; i < Posting.WORDS; i++) {
        into[i] |= bits[i];
      }
    } else if (chunk != null) {
      for (char low : (char[]) chunk) {
        into[low >>> 6] |= 1L << low;
      }
    }
  }
}
