package io.agents.registry.ets.internal;

/** What has an agent and is not in a set. */
final class ComplementSet implements SlotSet {

  private final SlotBits live;
  private final SlotSet operand;

  ComplementSet(SlotBits live, SlotSet operand) {
    this.live = live;
    this.operand = operand;
  }

  @Override
  public long estimate() {
    // Only of a single list it is known that nothing is counted twice.
    boolean single = operand instanceof Posting || operand instanceof SlotBits;
    return single ? Math.max(0, live.size() - operand.estimate()) : live.size();
  }

  @Override
  public int lists() {
    return operand.lists() + 1;
  }

  @Override
  public boolean contains(int slot) {
    return !operand.contains(slot) && live.contains(slot);
  }

  @Override
  public int chunks() {
    return live.chunks();
  }

  @Override
  public void fill(int chunk, long[] words) {
    live.fill(chunk, words);
    operand.andNot(chunk, words);
  }

  @Override
  public void and(int chunk, long[] words) {
    // Whatever is in another set has an agent.
    operand.andNot(chunk, words);
  }
}
