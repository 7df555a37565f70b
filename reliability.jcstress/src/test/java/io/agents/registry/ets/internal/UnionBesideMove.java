package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An agent that moves between two values is found by a query for either, once (B5.2, B5.3). */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found once")
@Outcome(expect = Expect.FORBIDDEN, desc = "missed, or found twice")
@State
public class UnionBesideMove {

  private final StoreOfAgents store = new StoreOfAgents();

  public UnionBesideMove() {
    store.put("b");
  }

  @Actor
  public void move() {
    store.update("a");
  }

  @Actor
  public void query(I_Result r) {
    r.r1 = store.count("(|(capability=a)(capability=b))");
  }
}
