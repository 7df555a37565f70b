package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * An agent that is stored while the store is cleared is there altogether or not at all (B1.10,
 * B5.8).
 */
@JCStressTest
@Outcome(
    id = {"0, 0, 0", "1, 1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "stored before or after")
@Outcome(expect = Expect.FORBIDDEN, desc = "traces of it")
@State
public class ClearBesidePut {

  private final StoreOfAgents store = new StoreOfAgents();

  @Actor
  public void put() {
    store.put("a");
  }

  @Actor
  public void clear() {
    store.clear();
  }

  @Arbiter
  public void look(III_Result r) {
    r.r1 = store.lookup();
    r.r2 = store.count("(capability=a)");
    r.r3 = store.owners();
  }
}
