package io.agents.registry.ets.internal;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in each of several sets. The smallest one is read, the others are asked. */
final class IntersectionSet implements SlotSet {

  /** The smallest first. */
  private final SlotSet[] parts;

  IntersectionSet(List<? extends SlotSet> parts) {
    this.parts =
        parts.stream().sorted(Comparator.comparingLong(SlotSet::estimate)).toArray(SlotSet[]::new);
  }

  @Override
  public long estimate() {
    return parts[0].estimate();
  }

  @Override
  public int lists() {
    int sum = 0;
    for (SlotSet part : parts) {
      sum += part.lists();
    }
    return sum;
  }

  @Override
  public boolean contains(int slot) {
    return containsFrom(0, slot);
  }

  private boolean containsFrom(int first, int slot) {
    for (int i = first; i < parts.length; i++) {
      if (!parts[i].contains(slot)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int chunks() {
    int least = Integer.MAX_VALUE;
    for (SlotSet part : parts) {
      least = Math.min(least, part.chunks());
    }
    return least;
  }

  @Override
  public void fill(int chunk, long[] words) {
    parts[0].fill(chunk, words);
    for (int i = 1; i < parts.length; i++) {
      parts[i].and(chunk, words);
    }
  }

  @Override
  public int @Nullable [] few() {
    int[] few = parts[0].few();
    if (few == null) {
      return null;
    }
    SlotList all = new SlotList(few.length);
    for (int slot : few) {
      if (containsFrom(1, slot)) {
        all.add(slot);
      }
    }
    return all.toArray();
  }
}
