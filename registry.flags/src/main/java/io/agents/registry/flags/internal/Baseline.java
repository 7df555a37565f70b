package io.agents.registry.flags.internal;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.Operation;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long calls took while legacy served.
 *
 * @param nanos the 99th percentile of each operation that was measured often enough
 */
record Baseline(Map<Operation, Long> nanos) {

  static final Baseline NONE = new Baseline(Map.of());

  static final double PERCENTILE = 99;

  /** With fewer measured calls there is no saying what is usual. */
  static final int LEAST_MEASURED = 20;

  private static final String PREFIX = "baseline.";

  Baseline {
    nanos = Map.copyOf(nanos);
  }

  /** The baseline of what was measured; where that is too little, of what was noted before. */
  static Baseline of(CallStatistics calls, Baseline noted) {
    Map<Operation, Long> nanos = new EnumMap<>(Operation.class);
    nanos.putAll(noted.nanos());
    for (Operation operation : Operation.values()) {
      Latencies latencies = calls.of(RegistryBackend.LEGACY, operation).latencies();
      if (latencies.count() >= LEAST_MEASURED) {
        nanos.put(operation, latencies.percentileNanos(PERCENTILE));
      }
    }
    return new Baseline(nanos);
  }

  Optional<Long> of(Operation operation) {
    return Optional.ofNullable(nanos.get(operation));
  }

  /** To be kept over a restart, in which the registry forgets what it measured. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    nanos.forEach((operation, value) -> notes.add(new Note(PREFIX + operation, "" + value)));
    return notes;
  }

  /** Reads notes; those of something else, and damaged ones, do not count. */
  static Baseline noted(List<Note> notes) {
    Map<Operation, Long> nanos = new EnumMap<>(Operation.class);
    for (Note note : notes) {
      if (note.key().startsWith(PREFIX)) {
        try {
          nanos.put(
              Operation.valueOf(note.key().substring(PREFIX.length())),
              Long.parseLong(note.text()));
        } catch (IllegalArgumentException e) {
          // Without it this operation is not judged until it was measured anew.
        }
      }
    }
    return new Baseline(nanos);
  }
}
