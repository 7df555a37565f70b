package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An agent that is stored while its owner goes does not stay (B4.14, R7.5). */
@JCStressTest
@Outcome(
    id = {"0, 0", "1, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "refused or swept")
@Outcome(expect = Expect.FORBIDDEN, desc = "an agent or an owner stays")
@State
public class PutBesideOwnerThatGoes {

  private final StoreOfAgents store = new StoreOfAgents();

  @Actor
  public void put(II_Result r) {
    r.r1 = store.put("a");
  }

  @Actor
  public void ownerGoes() {
    store.ownerGoes();
  }

  @Arbiter
  public void look(II_Result r) {
    r.r2 = store.lookup() + store.count("(capability=a)") + store.owners();
  }
}
