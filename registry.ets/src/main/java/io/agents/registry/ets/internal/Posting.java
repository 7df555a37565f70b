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
   * chunks of 4,096 slots, each of them a short array or 64 words of bits; see Chunk. So a change costs the same whether a thousand agents have the value or a million, and a reader of two
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

  private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle SLOTS;
  private static final VarHandle SIZE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SLOTS = lookup.findVarHandle(Posting.class, "slots", Object.class);
      SIZE = lookup.findVarHandle(Posting.class, "size", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Sorted slots in an {@code int[]}, or chunks in an {@code Object[]}. Written under the monitor,
   * whose end waits for the store as a volatile one would.
   */
  private Object slots = new int[0];

  /** As the slots. */
  private int size;

  /** Guarded by the monitor. */
  private boolean dropped;

  int size() {
    return (int) SIZE.getAcquire(this);
  }

  private Object slots() {
    return SLOTS.getAcquire(this);
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
        SLOTS.setRelease(this, inserted(listed, -at - 1, slot));
        resize(1);
        return true;
      }
      SLOTS.setRelease(this, chunked(listed));
    }
    if (addTo(chunksUpTo(slot >>> CHUNK_BITS), slot)) {
      resize(1);
    }
    return true;
  }

  private void resize(int by) {
    SIZE.setRelease(this, size + by);
  }

  private static int[] inserted(int[] listed, int at, int slot) {
    int[] longer = new int[listed.length + 1];
    System.arraycopy(listed, 0, longer, 0, at);
    longer[at] = slot;
    System.arraycopy(listed, at, longer, at + 1, listed.length - at);
    return longer;
  }

  private static Object[] chunked(int[] listed) {
    Object[] chunks = new Object[(listed[listed.length - 1] >>> CHUNK_BITS) + 1];
    for (int slot : listed) {
      addTo(chunks, slot);
    }
    return chunks;
  }

  /** Long enough for a chunk. */
  private Object[] chunksUpTo(int chunk) {
    Object[] chunks = (Object[]) slots;
    if (chunk >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, chunks.length * 5 / 4));
      SLOTS.setRelease(this, chunks);
    }
    return chunks;
  }

  private static boolean addTo(Object[] chunks, int slot) {
    Object chunk = chunks[slot >>> CHUNK_BITS];
    int low = slot & (CHUNK - 1);
    if (chunk instanceof long[] words) {
      // No store of a reference: the collector takes note of each.
      return Chunk.set(words, low);
    }
    Object longer = Chunk.with((char[]) chunk, low);
    if (longer == chunk) {
      return false;
    }
    CHUNKS.setRelease(chunks, slot >>> CHUNK_BITS, longer);
    return true;
  }

  /** Takes a slot out, if it is in the list. */
  synchronized void remove(int slot) {
    if (slots instanceof int[] listed) {
      int at = Arrays.binarySearch(listed, slot);
      if (at >= 0) {
        int[] shorter = new int[listed.length - 1];
        System.arraycopy(listed, 0, shorter, 0, at);
        System.arraycopy(listed, at + 1, shorter, at, shorter.length - at);
        SLOTS.setRelease(this, shorter);
        resize(-1);
      }
      return;
    }
    Object[] chunks = (Object[]) slots;
    if (slot >>> CHUNK_BITS < chunks.length && removeFrom(chunks, slot)) {
      resize(-1);
      if (size < LISTED_AGAIN) {
        SLOTS.setRelease(this, SlotList.of(this).toArray());
      }
    }
  }

  private static boolean removeFrom(Object[] chunks, int slot) {
    Object chunk = chunks[slot >>> CHUNK_BITS];
    int low = slot & (CHUNK - 1);
    if (chunk instanceof long[] words && !Chunk.isScarce(words)) {
      return Chunk.clear(words, low);
    }
    Object shorter = chunk == null ? null : Chunk.without(chunk, low);
    if (shorter == chunk) {
      return false;
    }
    CHUNKS.setRelease(chunks, slot >>> CHUNK_BITS, shorter);
    return true;
  }

  /** Drops the list if it is empty: nothing can be added any more. Whether it is dropped. */
  synchronized boolean dropIfEmpty() {
    dropped |= size == 0;
    return dropped;
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
  public int @Nullable [] few() {
    return slots() instanceof int[] listed ? listed : null;
  }

  private static @Nullable Object chunk(Object[] chunks, int chunk) {
    return chunk < chunks.length ? CHUNKS.getAcquire(chunks, chunk) : null;
  }

  @Override
  public boolean contains(int slot) {
    Object present = slots();
    if (present instanceof int[] listed) {
      return Arrays.binarySearch(listed, slot) >= 0;
    }
    return Chunk.contains(chunk((Object[]) present, slot >>> CHUNK_BITS), slot & (CHUNK - 1));
  }

  @Override
  public int chunks() {
    Object present = slots();
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
    Object present = slots();
    if (present instanceof int[] listed) {
      for (int i = first(listed, chunk); i < listed.length && isIn(chunk, listed[i]); i++) {
        int low = listed[i] & (CHUNK - 1);
        words[low >>> 6] |= 1L << low;
      }
    } else {
      Chunk.or(chunk((Object[]) present, chunk), words);
    }
  }

  @Override
  public void and(int chunk, long[] words) {
    if (slots() instanceof Object[] chunks && chunk(chunks, chunk) instanceof long[] bits) {
      for (int i = 0; i < WORDS; i++) {
        words[i] &= bits[i];
      }
    } else {
      SlotSet.super.and(chunk, words);
    }
  }

  @Override
  public void andNot(int chunk, long[] words) {
    if (slots() instanceof Object[] chunks && chunk(chunks, chunk) instanceof long[] bits) {
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
    Object present = slots();
    if (present instanceof int[] listed) {
      list.addAll(listed);
      return;
    }
    Object[] chunks = (Object[]) present;
    for (int i = 0; i < chunks.length; i++) {
      Object chunk = chunk(chunks, i);
      if (chunk instanceof long[] words) {
        list.addBits(i, words);
      } else if (chunk != null) {
        list.addLow(i, (char[]) chunk);
      }
    }
  }
}
