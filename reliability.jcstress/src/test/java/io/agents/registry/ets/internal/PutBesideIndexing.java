package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An agent that is stored while other attributes are being indexed is in the new index (B5.8). */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found by the new index")
@Outcome(expect = Expect.FORBIDDEN, desc = "missed")
@State
public class PutBesideIndexing {

  private final StoreOfAgents store = new StoreOfAgents();

  @Actor
  public void put() {
    store.put("a");
  }

  @Actor
  public void index() {
    store.indexNodes();
  }

  @Arbiter
  public void look(I_Result r) {
    r.r1 = store.count("(node=node-1)");
  }
}
