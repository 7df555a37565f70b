package io.agents.registry.core.internal;

import io.agents.registry.api.SwapReport;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * The same operations with a standing mirror; the swap is a change of roles. Public, as Lincheck
 * makes instances of it.
 */
@Param(name = "id", gen = IntGen.class, conf = "0:1")
@Param(name = "owner", gen = IntGen.class, conf = "0:1")
@Param(name = "revision", gen = IntGen.class, conf = "1:2")
public class MirroredRegistry extends SwappedRegistry {

  /** With the second backend in step. */
  public MirroredRegistry() {
    handOver.fill(backends[1]);
  }

  @Override
  @Operation(nonParallelGroup = "swap")
  public String swap() {
    Mirror mirror = routing.route().mirror();
    SwapReport report = handOver.exchange(mirror, true);
    return report.outcome() + report.reason();
  }
}
