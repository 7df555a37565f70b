package io.agents.registry.api;

import io.agents.registry.testkit.FakeOwners;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * An agent that is handed over through a race is seen whole or not at all (C1): its fields are
 * final.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not seen yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "seen whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "half an agent")
@State
public class AgentPublication {

  private static final FakeOwners OWNERS = new FakeOwners();
  private static final ServiceReference<?> SERVICE = OWNERS.newService();
  private static final Bundle BUNDLE = SERVICE.getBundle();
  private static final Metadata METADATA = Metadata.copyOf(Map.of("node", "node-1"));

  /** Plain on purpose. */
  private Agent shared;

  @Actor
  public void publish() {
    shared = new Agent("agent", SERVICE, BUNDLE, BUNDLE, METADATA, 1, 1, 1);
  }

  @Actor
  public void read(I_Result r) {
    Agent seen = shared;
    r.r1 = seen == null ? 0 : isWhole(seen) ? 1 : -1;
  }

  private static boolean isWhole(Agent agent) {
    return agent.id() != null
        && agent.service() != null
        && agent.owner() != null
        && agent.registrar() != null
        && agent.metadata() != null
        && agent.registration() == 1
        && agent.revision() == 1
        && agent.registeredAtMillis() == 1;
  }
}
