package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An agent that a lookup has found is found by the query that follows (B5.2). */
@JCStressTest
@Outcome(
    id = {"0, 0", "0, 1", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "found from one moment on")
@Outcome(expect = Expect.FORBIDDEN, desc = "looked up, but not found by the query")
@State
public class QueryBesideAdd {

  private final StoreOfAgents store = new StoreOfAgents();

  @Actor
  public void put() {
    store.put("a");
  }

  @Actor
  public void lookupThenQuery(II_Result r) {
    r.r1 = store.lookup();
    r.r2 = store.count("(capability=a)");
  }
}
