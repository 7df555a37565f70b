package io.agents.registry.core.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** An agent is found though the backend goes away and comes back during the lookup (R11.2). */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "missed")
@State
public class LookupDuringHandOverAndBack {

  private final TwoStores stores = TwoStores.withAgent();

  @Actor
  public void handOverAndBack() {
    stores.handOver();
    stores.handBack();
  }

  @Actor
  public void lookup(J_Result r) {
    r.r1 = stores.revision();
  }
}
