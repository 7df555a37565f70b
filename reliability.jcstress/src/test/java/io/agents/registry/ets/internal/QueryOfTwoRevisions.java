package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An agent no revision of which matches is found by no query (B5.1). */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not found")
@Outcome(expect = Expect.FORBIDDEN, desc = "found by the values of two revisions")
@State
public class QueryOfTwoRevisions {

  private final StoreOfAgents store = new StoreOfAgents();

  public QueryOfTwoRevisions() {
    store.put("a", "c");
  }

  @Actor
  public void update() {
    store.update("b", "d");
  }

  @Actor
  public void query(I_Result r) {
    r.r1 = store.count("(&(capability=a)(capability=d))");
  }
}
