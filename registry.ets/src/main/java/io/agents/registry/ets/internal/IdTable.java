package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The map from id to agent, which is the truth about what is there. Any number of threads may read;
 * whoever writes an id holds the lock of its stripe.
 */
final class IdTable {

  /*
   * Design
   *
   * A hash table like ConcurrentHashMap, of which it differs in two things. An entry also tells the
   * slot of its agent, in the four bytes that alignment would waste. And each stripe of the locks has
   * a table of its own, so that what a stripe's lock guards is all that its writers touch, and a
   * table that grows holds up the writers of one stripe only.
   *
   * A lookup reads the table of its stripe, the bin, and the entry: as many steps as a
   * ConcurrentHashMap takes, and one that is always in the cache of the processor. It allocates
   * nothing.
   *
   * Readers take no lock. The agent of an entry is volatile, and so is the next entry of a chain. A
   * table that grows is filled with copies of the entries, so that whoever is still reading the
   * former one finds it as it was; what was written since then had not returned when that reading
   * began.
   *
   * Ids that collide on purpose make long chains here; ConcurrentHashMap would make trees of them.
   * Whoever can register agents by the thousand has easier ways to be a nuisance.
   */

  static final int STRIPES = 64;

  private static final int STRIPE_BITS = 6;
  private static final int FIRST_LENGTH = 4;

  /** 2 to the power of 32, divided by it; odd. */
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private static final VarHandle TABLE = MethodHandles.arrayElementVarHandle(Entry[][].class);
  private static final VarHandle BIN = MethodHandles.arrayElementVarHandle(Entry[].class);

  /** Where the agent of an id is. */
  static final class Entry {
    private final int hash;
    private final String id;
    private final int slot;
    private volatile Agent agent;
    private volatile @Nullable Entry next;

    private Entry(int hash, int slot, Agent agent, @Nullable Entry next) {
      this.hash = hash;
      this.id = agent.id();
      this.slot = slot;
      this.agent = agent;
      this.next = next;
    }

    int slot() {
      return slot;
    }

    Agent agent() {
      return agent;
    }

    /** To be called with the lock of the id. */
    void set(Agent changed) {
      agent = changed;
    }
  }

  /** By stripe; an element is replaced under the lock of the stripe. */
  private final Entry[][] tables = new Entry[STRIPES][];

  /** By stripe; written under the lock of the stripe. */
  private final AtomicIntegerArray sizes = new AtomicIntegerArray(STRIPES);

  IdTable() {
    clear();
  }

  /**
   * Of ids that differ in a number at their end, as most do, the hash code of strings has few low
   * bits to tell them apart: one of 64 stripes had eleven times as many as another. Folded, and
   * multiplied by the golden ratio (Fibonacci hashing; Knuth, The Art of Computer Programming,
   * volume 3, 6.4), they spread over stripes and bins as if at random.
   */
  static int hash(String id) {
    int hash = id.hashCode();
    hash = (hash ^ (hash >>> 16)) * GOLDEN_RATIO;
    return hash ^ (hash >>> 15);
  }

  static int stripe(int hash) {
    return hash & (STRIPES - 1);
  }

  @Nullable Agent get(String id) {
    Entry entry = entry(hash(id), id);
    return entry == null ? null : entry.agent;
  }

  @Nullable Entry entry(int hash, String id) {
    Entry[] table = (Entry[]) TABLE.getAcquire(tables, stripe(hash));
    Entry entry = (Entry) BIN.getAcquire(table, bin(hash, table));
    while (entry != null) {
      if (entry.hash == hash && entry.id.equals(id)) {
        return entry;
      }
      entry = entry.next;
    }
    return null;
  }

  private static int bin(int hash, Entry[] table) {
    return (hash >>> STRIPE_BITS) & (table.length - 1);
  }

  /** Adds an agent whose id is free. To be called with the lock of the id. */
  void add(int hash, Agent agent, int slot) {
    int stripe = stripe(hash);
    int size = sizes.get(stripe) + 1;
    Entry[] table = tables[stripe];
    if (size > table.length - (table.length >>> 2)) {
      table = grown(table);
      TABLE.setRelease(tables, stripe, table);
    }
    int bin = bin(hash, table);
    BIN.setRelease(table, bin, new Entry(hash, slot, agent, table[bin]));
    sizes.setRelease(stripe, size);
  }

  private static Entry[] grown(Entry[] table) {
    Entry[] grown = new Entry[2 * table.length];
    for (Entry first : table) {
      for (Entry entry = first; entry != null; entry = entry.next) {
        int bin = bin(entry.hash, grown);
        grown[bin] = new Entry(entry.hash, entry.slot, entry.agent, grown[bin]);
      }
    }
    return grown;
  }

  /** Removes an entry that is there. To be called with the lock of the id. */
  void remove(Entry removed) {
    int stripe = stripe(removed.hash);
    Entry[] table = tables[stripe];
    int bin = bin(removed.hash, table);
    Entry before = null;
    Entry entry = table[bin];
    while (entry != null && entry != removed) {
      before = entry;
      entry = entry.next;
    }
    if (before == null) {
      BIN.setRelease(table, bin, removed.next);
    } else {
      before.next = removed.next;
    }
    sizes.setRelease(stripe, sizes.get(stripe) - 1);
  }

  /** To be called with all locks. */
  void clear() {
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      TABLE.setRelease(tables, stripe, new Entry[FIRST_LENGTH]);
      sizes.set(stripe, 0);
    }
  }

  int size() {
    int size = 0;
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      size += sizes.get(stripe);
    }
    return size;
  }

  /** Gives every agent, each in the revision that is there at that moment. */
  void forEach(Consumer<? super Agent> action) {
    any(
        agent -> {
          action.accept(agent);
          return false;
        });
  }

  /** Gives agents until one passes the test; whether one did. */
  boolean any(Predicate<? super Agent> test) {
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      Entry[] table = (Entry[]) TABLE.getAcquire(tables, stripe);
      for (int bin = 0; bin < table.length; bin++) {
        Entry entry = (Entry) BIN.getAcquire(table, bin);
        while (entry != null) {
          if (test.test(entry.agent)) {
            return true;
          }
          entry = entry.next;
        }
      }
    }
    return false;
  }
}
