package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JI_Result;

/** An agent that is removed beside a hand-over is not revived by it (R11.3). */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "gone")
@Outcome(expect = Expect.FORBIDDEN, desc = "revived")
@State
public class RemovalDuringHandOver {

  private final TwoStores stores = TwoStores.withAgent();

  @Actor
  public void handOver() {
    stores.handOver();
  }

  @Actor
  public void remove() {
    stores.remove();
  }

  @Arbiter
  public void look(JI_Result r) {
    r.r1 = stores.revision();
    r.r2 = stores.routing.read(RegistryBackend::size);
  }
}
