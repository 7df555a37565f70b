package io.agents.registry.api;

import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Metadata that are handed over through a race are seen whole, on every level, or not at all (C1,
 * R5.3).
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not seen yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "seen whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "half the metadata")
@State
public class MetadataPublication {

  private static final Map<String, Object> SOURCE =
      Map.of("node", "node-1", "resources", Map.of("memory", 512), "languages", List.of("de"));

  /** Plain on purpose. */
  private Metadata shared;

  @Actor
  public void publish() {
    shared = Metadata.copyOf(SOURCE);
  }

  @Actor
  public void read(I_Result r) {
    Metadata seen = shared;
    try {
      r.r1 = seen == null ? 0 : SOURCE.equals(seen) ? 1 : -1;
    } catch (NullPointerException e) {
      r.r1 = -1;
    }
  }
}
