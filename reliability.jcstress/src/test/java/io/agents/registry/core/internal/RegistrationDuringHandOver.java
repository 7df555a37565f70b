package io.agents.registry.core.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JII_Result;

/**
 * A registration that is accepted beside a hand-over is there afterwards, in the new backend alone
 * (R11.2, R11.11).
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "in the new backend")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or left behind")
@State
public class RegistrationDuringHandOver {

  private final TwoStores stores = TwoStores.empty();

  @Actor
  public void handOver() {
    stores.handOver();
  }

  @Actor
  public void register() {
    stores.register(TwoStores.ID);
  }

  @Arbiter
  public void look(JII_Result r) {
    r.r1 = stores.revision();
    r.r2 = stores.second.backend().size();
    r.r3 = stores.first.backend().size();
  }
}
