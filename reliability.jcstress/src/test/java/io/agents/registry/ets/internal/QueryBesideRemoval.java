package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An agent that a query no longer finds is not found by the lookup that follows (B5.2). */
@JCStressTest
@Outcome(
    id = {"0, 0", "1, 0", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "gone from one moment on")
@Outcome(expect = Expect.FORBIDDEN, desc = "not found by the query, but looked up")
@State
public class QueryBesideRemoval {

  private final StoreOfAgents store = new StoreOfAgents();

  public QueryBesideRemoval() {
    store.put("a");
  }

  @Actor
  public void remove() {
    store.remove();
  }

  @Actor
  public void queryThenLookup(II_Result r) {
    r.r1 = store.count("(capability=a)");
    r.r2 = store.lookup();
  }
}
