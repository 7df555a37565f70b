package io.agents.registry.ets.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A posting list: the slots of the agents that have something in common. Writers take its monitor;
 * readers take nothing.
 */
final class Posting implements SlotSet {

  /*
   * Design
   *
   * Up to LISTED slots are a sorted array, which is replaced with every change. More are kept by
   * chunks of 4,096 slots, each either a sorted array of the low twelve bits, replaced with every
   * change, or 64 words of bits, which are changed in place, with their number behind them. So a
   * change costs the same whether a thousand agents have the value or a million, and a reader of two
   * lists combines words.
   *
   * Readers see a list in the midst of changes. That does no harm to what they know of slots that
   * nobody changes: these are in every array that takes the place of another, and a word is changed
   * as a whole. (A virtual machine of 64 bits reads and writes a long in one piece.) Of the others
   * they know nothing, and the change log tells them which these are.
   */

  static final int CHUNK_BITS = 12;
  static final int CHUNK = 1 << CHUNK_BITS;
  static final int WORDS = CHUNK / Long.SIZE;

  private static final int LISTED = 256;
  private static final int LISTED_AGAIN = 128;
  private static final int LISTED_OF_CHUNK = 128;
  private static final int LISTED_OF_CHUNK_AGAIN = 64;

  private static final VarHandle CONTAINER = MethodHandles.arrayElementVarHandle(Object[].class);

  /** Sorted slots in an {@code int[]}, or containers by chunk in an {@code Object[]}. */
  private volatile Object slots = new int[0];

  private volatile int size;

  /** Guarded by the monitor. */
  private boolean dropped;

  int size() {
    return size;
  }

  /** Whether the slot is in the list now; false if the list was dropped. */
  synchronized boolean add(int slot) {
    if (dropped) {
      return false;
    }
    if (slots instanceof int[] listed) {
      int at = Arrays.binarySearch(listed, slot);
      if (at >= 0) {
        return true;
      }
      if (listed.length < LISTED) {
        slots = inserted(listed, -at - 1, slot);
        resize(1);
        return true;
      }
      slots = chunked(listed);
    }
    if (addTo(containers(slot >>> CHUNK_BITS), slot)) {
      resize(1);
    }
    return true;
  }

  private void resize(int by) {
    int resized = size + by;
    size = resized;
  }

  private static int[] inserted(int[] listed, int at, int slot) {
    int[] longer = new int[listed.length + 1];
    System.arraycopy(listed, 0, longer, 0, at);
    longer[at] = slot;
    System.arraycopy(listed, at, longer, at + 1, listed.length - at);
    return longer;
  }

  private static Object[] chunked(int[] listed) {
    Object[] containers = new Object[(listed[listed.length - 1] >>> CHUNK_BITS) + 1];
    for (int slot : listed) {
      addTo(containers, slot);
    }
    return containers;
  }

  /** Long enough for a chunk. */
  private Object[] containers(int chunk) {
    Object[] containers = (Object[]) slots;
    if (chunk >= containers.length) {
      containers = Arrays.copyOf(containers, Math.max(chunk + 1, containers.length * 5 / 4));
      slots = containers;
    }
    return containers;
  }

  private static boolean addTo(Object[] containers, int slot) {
    int chunk = slot >>> CHUNK_BITS;
    int low = slot & (CHUNK - 1);
    if (containers[chunk] instanceof long[] words) {
      long bit = 1L << low;
      if ((words[low >>> 6] & bit) != 0) {
        return false;
      }
      words[low >>> 6] |= bit;
      words[WORDS]++;
      return true;
    }
    char[] listed = containers[chunk] instanceof char[] some ? some : new char[0];
    int at = Arrays.binarySearch(listed, (char) low);
    if (at >= 0) {
      return false;
    }
    CONTAINER.setRelease(
        containers,
        chunk,
        listed.length < LISTED_OF_CHUNK ? inserted(listed, -at - 1, low) : words(listed, low));
    return true;
  }

  private static char[] inserted(char[] listed, int at, int low) {
    char[] longer = new char[listed.length + 1];
    System.arraycopy(listed, 0, longer, 0, at);
    longer[at] = (char) low;
    System.arraycopy(listed, at, longer, at + 1, listed.length - at);
    return longer;
  }

  private static long[] words(char[] listed, int low) {
    long[] words = new long[WORDS + 1];
    for (char one : listed) {
      words[one >>> 6] |= 1L << one;
    }
    words[low >>> 6] |= 1L << low;
    words[WORDS] = listed.length + 1L;
    return words;
  }

  /** Takes a slot out, if it is in the list. */
  synchronized void remove(int slot) {
    if (slots instanceof int[] listed) {
      int at = Arrays.binarySearch(listed, slot);
      if (at >= 0) {
        int[] shorter = new int[listed.length - 1];
        System.arraycopy(listed, 0, shorter, 0, at);
        System.arraycopy(listed, at + 1, shorter, at, shorter.length - at);
        slots = shorter;
        resize(-1);
      }
      return;
    }
    Object[] containers = (Object[]) slots;
    if (slot >>> CHUNK_BITS < containers.length && removeFrom(containers, slot)) {
      resize(-1);
      if (size < LISTED_AGAIN) {
        slots = SlotList.of(this).toArray();
      }
    }
  }

  private static boolean removeFrom(Object[] containers, int slot) {
    int chunk = slot >>> CHUNK_BITS;
    int low = slot & (CHUNK - 1);
    if (containers[chunk] instanceof long[] words) {
      long bit = 1L << low;
      if ((words[low >>> 6] & bit) == 0) {
        return false;
      }
      words[low >>> 6] &= ~bit;
      words[WORDS]--;
      if (words[WORDS] < LISTED_OF_CHUNK_AGAIN) {
        CONTAINER.setRelease(containers, chunk, listed(words));
      }
      return true;
    }
    char[] listed = containers[chunk] instanceof char[] some ? some : new char[0];
    int at = Arrays.binarySearch(listed, (char) low);
    if (at < 0) {
      return false;
    }
    char[] shorter = new char[listed.length - 1];
    System.arraycopy(listed, 0, shorter, 0, at);
    System.arraycopy(listed, at + 1, shorter, at, shorter.length - at);
    CONTAINER.setRelease(containers, chunk, shorter.length == 0 ? null : shorter);
    return true;
  }

  private static char[] listed(long[] words) {
    char[] listed = new char[(int) words[WORDS]];
    int count = 0;
    for (int i = 0; i < WORDS; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        listed[count++] = (char) ((i << 6) + Long.numberOfTrailingZeros(word));
      }
    }
    return listed;
  }

  /** Drops the list if it is empty: nothing can be added any more. Whether it is dropped. */
  synchronized boolean dropIfEmpty() {
    dropped |= size == 0;
    return dropped;
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
  public int @Nullable [] few() {
    return slots instanceof int[] listed ? listed : null;
  }

  private static @Nullable Object container(Object[] containers, int chunk) {
    return chunk < containers.length ? CONTAINER.getAcquire(containers, chunk) : null;
  }

  @Override
  public boolean contains(int slot) {
    Object present = slots;
    if (present instanceof int[] listed) {
      return Arrays.binarySearch(listed, slot) >= 0;
    }
    Object container = container((Object[]) present, slot >>> CHUNK_BITS);
    int low = slot & (CHUNK - 1);
    if (container instanceof long[] words) {
      return (words[low >>> 6] & 1L << low) != 0;
    }
    return container != null && Arrays.binarySearch((char[]) container, (char) low) >= 0;
  }

  @Override
  public int chunks() {
    Object present = slots;
    if (present instanceof int[] listed) {
      return listed.length == 0 ? 0 : (listed[listed.length - 1] >>> CHUNK_BITS) + 1;
    }
    return ((Object[]) present).length;
  }

  @Override
  public void fill(int chunk, long[] words) {
    or(chunk, words);
  }

  @Override
  public void or(int chunk, long[] words) {
    Object present = slots;
    if (present instanceof int[] listed) {
      for (int i = first(listed, chunk); i < listed.length && isIn(chunk, listed[i]); i++) {
        int low = listed[i] & (CHUNK - 1);
        words[low >>> 6] |= 1L << low;
      }
      return;
    }
    Object container = container((Object[]) present, chunk);
    if (container instanceof long[] bits) {
      for (int i = 0; i < WORDS; i++) {
        words[i] |= bits[i];
      }
    } else if (container != null) {
      for (char low : (char[]) container) {
        words[low >>> 6] |= 1L << low;
      }
    }
  }

  @Override
  public void and(int chunk, long[] words) {
    if (slots instanceof Object[] containers
        && container(containers, chunk) instanceof long[] bits) {
      for (int i = 0; i < WORDS; i++) {
        words[i] &= bits[i];
      }
    } else {
      SlotSet.super.and(chunk, words);
    }
  }

  @Override
  public void andNot(int chunk, long[] words) {
    if (slots instanceof Object[] containers
        && container(containers, chunk) instanceof long[] bits) {
      for (int i = 0; i < WORDS; i++) {
        words[i] &= ~bits[i];
      }
    } else {
      SlotSet.super.andNot(chunk, words);
    }
  }

  private static int first(int[] listed, int chunk) {
    int at = Arrays.binarySearch(listed, chunk << CHUNK_BITS);
    return at < 0 ? -at - 1 : at;
  }

  private static boolean isIn(int chunk, int slot) {
    return slot >>> CHUNK_BITS == chunk;
  }

  /** Adds all slots to a list, in their order: without a detour over bits where there are none. */
  void addTo(SlotList list) {
    Object present = slots;
    if (present instanceof int[] listed) {
      list.addAll(listed);
      return;
    }
    Object[] containers = (Object[]) present;
    for (int chunk = 0; chunk < containers.length; chunk++) {
      Object container = container(containers, chunk);
      if (container instanceof long[] words) {
        list.addBits(chunk, words);
      } else if (container != null) {
        list.addLow(chunk, (char[]) container);
      }
    }
  }
}
