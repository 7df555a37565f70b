package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An agent that is just stored is found whole or not at all, and once found it stays (B5.1, B5.5).
 */
@JCStressTest
@Outcome(
    id = {"0, 0", "0, 1", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "there from one moment on")
@Outcome(expect = Expect.FORBIDDEN, desc = "half, or gone again")
@State
public class LookupBesidePut {

  private final StoreOfAgents store = new StoreOfAgents();

  @Actor
  public void put() {
    store.put("a");
  }

  @Actor
  public void lookups(II_Result r) {
    r.r1 = store.lookup();
    r.r2 = store.lookup();
  }
}
