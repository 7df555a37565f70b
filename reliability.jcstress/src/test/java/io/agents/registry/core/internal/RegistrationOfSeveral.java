package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Several agents are registered all or none, beside another registration of one of their ids
 * (R1.9).
 */
@JCStressTest
@Outcome(
    id = {"1, 0, 2", "0, 1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "all or none")
@Outcome(expect = Expect.FORBIDDEN, desc = "some of them")
@State
public class RegistrationOfSeveral {

  private final TwoStores stores = TwoStores.empty();

  @Actor
  public void several(III_Result r) {
    r.r1 = stores.registerAll("other", TwoStores.ID);
  }

  @Actor
  public void one(III_Result r) {
    r.r2 = stores.register(TwoStores.ID, "1");
  }

  @Arbiter
  public void look(III_Result r) {
    r.r3 = stores.routing.read(RegistryBackend::size);
  }
}
