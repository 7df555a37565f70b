package io.agents.registry.core.internal;

import io.agents.registry.api.Query;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A list that is read beside a hand-over holds every agent, once (R11.12). */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both agents")
@Outcome(expect = Expect.FORBIDDEN, desc = "an agent was missed or came twice")
@State
public class ListDuringHandOver {

  private static final Query EVERY = Query.parse("(status=*)");

  private final TwoStores stores = TwoStores.withAgent();

  public ListDuringHandOver() {
    stores.register("another");
  }

  @Actor
  public void handOver() {
    stores.handOver();
  }

  @Actor
  public void list(I_Result r) {
    r.r1 = stores.routing.read(backend -> backend.query(EVERY)).size();
  }
}
