package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.SwapEvidence;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far a mirror is, stripe by stripe, and the checksums of both sides. */
final class Tally {

  /*
   * Design
   *
   * A stripe of ids is either being filled, by one thread that holds no lock, or in step, which means
   * that writers repeat on the mirror what they do. While it is being filled writers only leave a note
   * of the ids that they wrote; the filling thread carries those over. So a backend that stands still
   * while it is filled keeps no writer waiting.
   *
   * A checksum is a sum over agents, so it is kept up by subtracting what goes and adding what comes.
   * A stripe is summed up when it gets in step, from what was read back from both sides.
   */

  /** One stripe. Guarded by the write lock of the stripe. */
  static final class Part {
    private boolean inStep;
    private @Nullable Set<String> written;
    private long active;
    private long mirror;

    boolean isInStep() {
      return inStep;
    }

    /** The active backend holds another version under an id, or none. */
    void activeChanged(String id, @Nullable Agent before, @Nullable Agent after) {
      if (inStep) {
        active += sum(after) - sum(before);
      } else {
        noteWritten(id);
      }
    }

    /** The mirror holds another version under an id, or none. */
    void mirrorChanged(@Nullable Agent before, @Nullable Agent after) {
      mirror += sum(after) - sum(before);
    }

    void noteWritten(String id) {
      Set<String> ids = written;
      if (ids == null) {
        ids = new HashSet<>();
        written = ids;
      }
      ids.add(id);
    }

    /** The ids that were written since this was last asked. */
    Set<String> takeWritten() {
      Set<String> ids = written;
      written = null;
      return ids == null ? Set.of() : ids;
    }

    /** From now on writers repeat here what they do. */
    void getInStep(long activeSum, long mirrorSum) {
      active = activeSum;
      mirror = mirrorSum;
      inStep = true;
    }
  }

  private final Part[] parts;

  Tally(int stripes) {
    parts = new Part[stripes];
    for (int i = 0; i < stripes; i++) {
      parts[i] = new Part();
    }
  }

  /** The same content seen from the other side. Called with all write locks held. */
  Tally reversed() {
    Tally other = new Tally(parts.length);
    for (int i = 0; i < parts.length; i++) {
      other.parts[i].getInStep(parts[i].mirror, parts[i].active);
    }
    return other;
  }

  Part part(int stripe) {
    return parts[stripe];
  }

  int stripes() {
    return parts.length;
  }

  /** The checksum of the active side. Called with all write locks held. */
  long active() {
    long sum = 0;
    for (Part part : parts) {
      sum += part.active;
    }
    return sum;
  }

  /** The checksum of the mirror. Called with all write locks held. */
  long mirror() {
    long sum = 0;
    for (Part part : parts) {
      sum += part.mirror;
    }
    return sum;
  }

  static long sum(@Nullable Agent agent) {
    return agent == null ? 0 : SwapEvidence.checksumOf(agent);
  }
}
