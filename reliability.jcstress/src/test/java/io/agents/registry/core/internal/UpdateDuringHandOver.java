package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JI_Result;

/**
 * An update that is accepted beside a hand-over does not fall back to the former revision (R11.3).
 */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the update")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, fallen back, or doubled")
@State
public class UpdateDuringHandOver {

  private final TwoStores stores = TwoStores.withAgent();

  @Actor
  public void handOver() {
    stores.handOver();
  }

  @Actor
  public void update() {
    stores.update();
  }

  @Arbiter
  public void look(JI_Result r) {
    r.r1 = stores.revision();
    r.r2 = stores.routing.read(RegistryBackend::size);
  }
}
