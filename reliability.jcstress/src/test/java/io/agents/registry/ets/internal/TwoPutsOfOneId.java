package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Of two agents of one id one is stored, and only its values are indexed (B1.3, B5.8). */
@JCStressTest
@Outcome(
    id = {"1, 0, 1, 0", "0, 1, 0, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "one is stored and indexed")
@Outcome(expect = Expect.FORBIDDEN, desc = "both, none, or traces of the refused one")
@State
public class TwoPutsOfOneId {

  private final StoreOfAgents store = new StoreOfAgents();

  @Actor
  public void first(IIII_Result r) {
    r.r1 = store.put("a");
  }

  @Actor
  public void second(IIII_Result r) {
    r.r2 = store.put("b");
  }

  @Arbiter
  public void look(IIII_Result r) {
    r.r3 = store.count("(capability=a)");
    r.r4 = store.count("(capability=b)");
  }
}
