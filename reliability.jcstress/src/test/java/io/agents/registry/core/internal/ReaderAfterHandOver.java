package io.agents.registry.core.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Whoever has seen what was written after the switch never sees the former backend again (R11.3,
 * C2).
 */
@JCStressTest
@Outcome(
    id = {"1, 1", "1, 2", "2, 2"},
    expect = Expect.ACCEPTABLE,
    desc = "revisions rise")
@Outcome(expect = Expect.FORBIDDEN, desc = "a read fell back, or missed")
@State
public class ReaderAfterHandOver {

  private final TwoStores stores = TwoStores.withAgent();

  @Actor
  public void handOverAndUpdate() {
    stores.handOver();
    stores.update();
  }

  @Actor
  public void lookups(JJ_Result r) {
    r.r1 = stores.revision();
    r.r2 = stores.revision();
  }
}
