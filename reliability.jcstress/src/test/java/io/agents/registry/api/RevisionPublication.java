package io.agents.registry.api;

import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * The next revision of an agent that is handed over through a race carries the metadata of that
 * revision (C1).
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the former revision")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "the next revision")
@Outcome(expect = Expect.FORBIDDEN, desc = "a revision with the metadata of another")
@State
public class RevisionPublication {

  private static final FakeOwners OWNERS = new FakeOwners();
  private static final Agent FIRST = new Fixtures(OWNERS).agent("agent", Map.of("revision", 1L));

  /** Plain on purpose. */
  private Agent shared = FIRST;

  @Actor
  public void update() {
    shared = shared.withMetadata(Metadata.copyOf(Map.of("revision", 2L)));
  }

  @Actor
  public void read(J_Result r) {
    Agent seen = shared;
    Object told = seen.metadata().get("revision");
    r.r1 = Long.valueOf(seen.revision()).equals(told) ? seen.revision() : -1;
  }
}
