package io.agents.architecture.planted.registry.core.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Planted: what is static can be changed; a value is bound to a thread; somebody sleeps. */
final class Counter {

  private static final Map<String, Integer> COUNTS = new HashMap<>();
  private static final List<Counter> ALL = List.of(new Counter());
  private static int latest;
  private static final ThreadLocal<Counter> OWN = new ThreadLocal<>();

  private int count;

  private Counter() {}

  static int next(String name) throws InterruptedException {
    Thread.sleep(1);
    latest = COUNTS.merge(name, 1, Integer::sum);
    for (Counter each : ALL) {
      each.count++;
    }
    OWN.get().count++;
    return latest + OWN.get().count;
  }
}
