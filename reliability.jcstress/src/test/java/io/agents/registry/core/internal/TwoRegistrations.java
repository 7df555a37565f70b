package io.agents.registry.core.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Of two registrations of one id one is accepted, and it is the one that stays (R1.13). */
@JCStressTest
@Outcome(
    id = {"1, 0, 1", "0, 1, 2"},
    expect = Expect.ACCEPTABLE,
    desc = "one was accepted and stays")
@Outcome(expect = Expect.FORBIDDEN, desc = "both, none, or the refused one")
@State
public class TwoRegistrations {

  private final TwoStores stores = TwoStores.empty();

  @Actor
  public void first(III_Result r) {
    r.r1 = stores.register(TwoStores.ID, "1");
  }

  @Actor
  public void second(III_Result r) {
    r.r2 = stores.register(TwoStores.ID, "2");
  }

  @Arbiter
  public void look(III_Result r) {
    r.r3 = Integer.parseInt(stores.status(TwoStores.ID));
  }
}
