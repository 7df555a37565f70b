package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An agent that ceases to match and matches again is found once at most (B5.3). */
@JCStressTest
@Outcome(
    id = {"0", "1"},
    expect = Expect.ACCEPTABLE,
    desc = "missed in between, or found once")
@Outcome(expect = Expect.FORBIDDEN, desc = "found twice")
@State
public class QueryBesideReturn {

  private final StoreOfAgents store = new StoreOfAgents();

  public QueryBesideReturn() {
    store.put("a");
  }

  @Actor
  public void leaveAndComeBack() {
    store.update("b");
    store.update("a");
  }

  @Actor
  public void query(I_Result r) {
    r.r1 = store.count("(capability=a)");
  }
}
