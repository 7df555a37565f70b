package io.agents.registry.core.internal;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;

/** The measurements of all implementations that have served. */
final class CallMeter implements LongestRead {

  private static final long NONE = -1;

  private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
  private final LongAccumulator longestLookup = new LongAccumulator(Math::max, NONE);

  /** What measures the calls that an implementation serves: the same whenever it serves. */
  Recorder recorder(String implementation) {
    return recorders.computeIfAbsent(implementation, name -> new Recorder(longestLookup));
  }

  @Override
  public void reset() {
    longestLookup.reset();
  }

  @Override
  public OptionalLong sinceReset() {
    long longest = longestLookup.get();
    return longest == NONE ? OptionalLong.empty() : OptionalLong.of(longest);
  }

  CallStatistics read() {
    Map<String, Map<Operation, Calls>> all = new HashMap<>();
    recorders.forEach(
        (implementation, recorder) -> {
          Map<Operation, Calls> calls = recorder.read();
          if (!calls.isEmpty()) {
            all.put(implementation, calls);
          }
        });
    return new CallStatistics(Instant.now(), all);
  }
}
