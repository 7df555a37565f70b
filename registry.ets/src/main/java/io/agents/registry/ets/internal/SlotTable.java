package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives each agent a small number, its slot, and finds the agent of a slot. A slot belongs to one
 * registration until that ends, and may then be given to another. Any number of threads may read;
 * whoever takes, gives back or sets a slot holds the lock of its stripe.
 */
final class SlotTable {

  /*
   * Design
   *
   * Of the 4,096 slots of a chunk each stripe has 64, side by side: a word of bits. So the lock that
   * guards a slot is known from the slot, stripes share no list of free slots, and a word of bits by
   * slot has one lock; see SlotBits. Ids spread evenly over stripes, so the slots in use are dense.
   * The table grows by chunks, which stay where they are.
   */

  /** How many slots a stripe has in a chunk: as many as there are bits in a word. */
  private static final int SLOTS_OF_STRIPE = Posting.CHUNK / IdTable.STRIPES;

  private static final int STRIPE_SHIFT = 6;

  private static final VarHandle AGENT = MethodHandles.arrayElementVarHandle(Agent[].class);

  /** The free slots of one stripe; guarded by its lock. */
  private static final class FreeSlots {
    private int neverUsed;
    private int[] returned = new int[4];
    private int count;

    /** Counted within the stripe. */
    int take() {
      return count == 0 ? neverUsed++ : returned[--count];
    }

    void giveBack(int number) {
      if (count == returned.length) {
        returned = Arrays.copyOf(returned, 2 * count);
      }
      returned[count++] = number;
    }
  }

  private final FreeSlots[] free = new FreeSlots[IdTable.STRIPES];

  /** Replaced by a longer one, under the monitor; the chunks in it stay. */
  private volatile Agent[][] chunks = new Agent[0][];

  SlotTable() {
    for (int stripe = 0; stripe < free.length; stripe++) {
      free[stripe] = new FreeSlots();
    }
  }

  static int stripe(int slot) {
    return (slot >>> STRIPE_SHIFT) & (IdTable.STRIPES - 1);
  }

  int take(int stripe) {
    int number = free[stripe].take();
    int slot =
        ((number >>> STRIPE_SHIFT) << Posting.CHUNK_BITS)
            | (stripe << STRIPE_SHIFT)
            | (number & (SLOTS_OF_STRIPE - 1));
    if (slot >>> Posting.CHUNK_BITS >= chunks.length) {
      grow(slot >>> Posting.CHUNK_BITS);
    }
    return slot;
  }

  private synchronized void grow(int chunk) {
    Agent[][] present = chunks;
    if (chunk >= present.length) {
      Agent[][] longer = Arrays.copyOf(present, chunk + 1);
      for (int i = present.length; i <= chunk; i++) {
        longer[i] = new Agent[Posting.CHUNK];
      }
      chunks = longer;
    }
  }

  /** The slot must be empty. */
  void giveBack(int slot) {
    int number = ((slot >>> Posting.CHUNK_BITS) << STRIPE_SHIFT) | (slot & (SLOTS_OF_STRIPE - 1));
    free[stripe(slot)].giveBack(number);
  }

  void set(int slot, @Nullable Agent agent) {
    AGENT.setRelease(chunks[slot >>> Posting.CHUNK_BITS], slot & (Posting.CHUNK - 1), agent);
  }

  @Nullable Agent get(int slot) {
    return (Agent)
        AGENT.getAcquire(chunks[slot >>> Posting.CHUNK_BITS], slot & (Posting.CHUNK - 1));
  }

  /** The agents of several slots, in their order. */
  @Nullable Agent[] agents(int[] slots, int count) {
    @Nullable Agent[] agents = new Agent[count];
    Agent[][] present = chunks;
    for (int i = 0; i < count; i++) {
      int slot = slots[i];
      agents[i] = present[slot >>> Posting.CHUNK_BITS][slot & (Posting.CHUNK - 1)];
    }
    return agents;
  }

  /** Every slot that was ever taken is less. */
  int limit() {
    return chunks.length << Posting.CHUNK_BITS;
  }
}
