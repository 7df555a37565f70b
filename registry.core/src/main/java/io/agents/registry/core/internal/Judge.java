package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.ComparisonReport.Difference;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Operation;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import io.agents.registry.core.internal.Comparer.Sample;
import io.agents.registry.spi.RegistryBackend;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares answers of the active backend with those of its mirror. Run by one thread. */
final class Judge {

  /*
   * Design
   *
   * The mirror is asked later than the active backend was. Whether a difference is one is decided by
   * the times of writes. If no write of the id has ended since before the first read, and none is under
   * way (the write lock of the id is taken and let go of to know that), both sides have stood still all
   * the while, so one of the two answers is wrong. If there was a write, both sides are read again, as
   * often as it takes to read them without a write in between: if they agree now, the write explains
   * it; if they do not, they are not in step. So no difference is put down to a write that has not
   * been, and a backend is never called under a lock.
   *
   * An agent whose owner is gone may stand in the active backend, which does not look, and not in the
   * mirror, which does: the mirror knows which those are. It is asked before the times of writes are,
   * like everything else that a verdict depends on: what is asked afterwards may have changed since.
   * A former active backend whose agents of such owners are still being taken away is not asked yet.
   */

  /** What is to be thought of a difference. */
  enum Verdict {
    WRONG,
    WRITTEN,
    OWNER_GONE
  }

  private static final int TRIES = 5;

  /** Of one list, so many agents that differ are judged: one is enough. */
  private static final int MOST_JUDGED = 20;

  private final Route route;
  private final Mirror mirror;
  private final RegistryBackend active;
  private final RegistryBackend other;
  private final Routing routing;
  private final WriteLocks locks;
  private final ComparisonLog log;

  /** Whether the sample that is being judged can't be. Used by the thread that judges. */
  private boolean overtaken;

  Judge(Route route, Mirror mirror, Routing routing, WriteLocks locks, ComparisonLog log) {
    this.route = route;
    this.mirror = mirror;
    this.active = route.active();
    this.other = mirror.next().backend();
    this.routing = routing;
    this.locks = locks;
    this.log = log;
  }

  Mirror mirror() {
    return mirror;
  }

  /** Compares, and logs what comes of it. Throws nothing that a backend throws. */
  void judge(Sample sample) {
    Object answer;
    if (!mirror.isPurged()) {
      log.notCompared();
      return;
    }
    try {
      answer = sample.reading().apply(other);
      if (isStanding()) {
        overtaken = false;
        compare(sample, answer);
        if (!overtaken) {
          log.compared();
          return;
        }
      }
    } catch (RuntimeException | Error e) {
      if (isStanding()) {
        note(sample, Kind.FAILED, Answers.of(sample.answer()), e.toString());
        log.compared();
        return;
      }
    }
    log.notCompared();
  }

  /** Whether both are still what they were when the caller asked. */
  private boolean isStanding() {
    Route now = routing.route();
    return now.mirror() == mirror && now.generation() == route.generation() && !mirror.hasFailed();
  }

  private void compare(Sample sample, @Nullable Object answer) {
    if (Objects.equals(sample.answer(), answer)) {
      return;
    }
    if (sample.answer() instanceof List<?> ours && answer instanceof List<?> theirs) {
      if (isLimited(sample)) {
        compareLimited(sample, ours, theirs);
      } else {
        compareLists(sample, ours, theirs);
      }
    } else if (sample.operation() == Operation.LOOKUP) {
      Agent ours = sample.agent();
      Agent theirs = (Agent) answer;
      Verdict verdict = verdict(String.valueOf(sample.argument()), ours, theirs, sample.begun());
      if (verdict == Verdict.WRONG) {
        note(sample, kind(ours, theirs), Answers.of(ours), Answers.of(theirs));
      } else {
        explain(Set.of(verdict));
      }
    } else {
      compareCounts(sample, number(sample.answer()), number(answer));
    }
  }

  private void compareLists(Sample sample, List<?> ours, List<?> theirs) {
    Map<String, Agent> left = new HashMap<>();
    theirs.forEach(one -> left.put(((Agent) one).id(), (Agent) one));
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    int judged = 0;
    for (Object one : ours) {
      Agent agent = (Agent) one;
      Agent match = left.remove(agent.id());
      if (!agent.equals(match) && judged++ < MOST_JUDGED) {
        judgeOne(sample, agent.id(), agent, match, verdicts, kinds);
      }
    }
    for (Agent extra : left.values()) {
      if (judged++ < MOST_JUDGED) {
        judgeOne(sample, extra.id(), null, extra, verdicts, kinds);
      }
    }
    if (judged == 0 && isOrdered(sample)) {
      // The same agents in the same revisions, which decide their order whatever is written.
      kinds.add(Kind.OTHER_ORDER);
    }
    for (Kind kind : kinds) {
      note(sample, kind, Answers.of(ours), Answers.of(theirs));
    }
    if (kinds.isEmpty()) {
      explain(verdicts);
    }
  }

  /** Of a list with a limit every agent depends on all others, so it is judged as a whole. */
  private void compareLimited(Sample sample, List<?> ours, List<?> theirs) {
    if (!isOrdered(sample) && ours.size() == theirs.size()) {
      // Any of the matches will do.
      return;
    }
    int dropped = dropped(sample);
    if (isAnyWrittenSince(sample.begun())) {
      log.explainedByWrite();
    } else if (dropped > 0) {
      log.explainedByOwner();
    } else {
      Kind kind = Kind.OTHER_ORDER;
      if (!new HashSet<Object>(ours).equals(new HashSet<Object>(theirs))) {
        kind = theirs.size() > ours.size() ? Kind.EXTRA : Kind.MISSING;
      }
      note(sample, kind, Answers.of(ours), Answers.of(theirs));
    }
  }

  private static boolean isLimited(Sample sample) {
    return sample.argument() instanceof Search search && search.limit() != Integer.MAX_VALUE;
  }

  private static boolean isOrdered(Sample sample) {
    return sample.argument() instanceof Search search && search.orderedBy().isPresent();
  }

  private void judgeOne(
      Sample sample,
      String id,
      @Nullable Agent ours,
      @Nullable Agent theirs,
      Set<Verdict> verdicts,
      Set<Kind> kinds) {
    Verdict verdict = verdict(id, ours, theirs, sample.begun());
    verdicts.add(verdict);
    if (verdict == Verdict.WRONG) {
      kinds.add(kind(ours, theirs));
    }
  }

  private Verdict verdict(String id, @Nullable Agent ours, @Nullable Agent theirs, long begun) {
    boolean ofOwner = ofOwner(id, ours, theirs);
    locks.pass(id);
    if (!mirror.times().isWrittenSince(id, begun)) {
      return ofOwner ? Verdict.OWNER_GONE : Verdict.WRONG;
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      long begunAgain = System.nanoTime();
      Agent there = active.lookup(id);
      Agent here = other.lookup(id);
      boolean ofOwnerAgain = ofOwner(id, there, here);
      locks.pass(id);
      if (!mirror.times().isWrittenSince(id, begunAgain)) {
        if (Objects.equals(there, here)) {
          return Verdict.WRITTEN;
        }
        return ofOwnerAgain ? Verdict.OWNER_GONE : Verdict.WRONG;
      }
    }
    return Verdict.WRITTEN;
  }

  /** Whether one side lacks the agent because its owner is gone. */
  private boolean ofOwner(String id, @Nullable Agent ours, @Nullable Agent theirs) {
    if (ours != null && theirs == null) {
      return mirror.isDropped(id);
    }
    return ours == null && theirs != null && theirs.isOwnerGone() && active.lookup(id) == null;
  }

  private void compareCounts(Sample sample, int ours, int theirs) {
    int dropped = dropped(sample);
    if (isAnyWrittenSince(sample.begun())) {
      log.explainedByWrite();
      return;
    }
    boolean isWhether = sample.answer() instanceof Boolean;
    if (dropped > 0 && theirs < ours && (isWhether || ours - dropped == theirs)) {
      log.explainedByOwner();
    } else {
      note(
          sample,
          theirs < ours ? Kind.MISSING : Kind.EXTRA,
          Integer.toString(ours),
          Integer.toString(theirs));
    }
  }

  private boolean isAnyWrittenSince(long begun) {
    for (int stripe = 0; stripe < locks.stripes(); stripe++) {
      locks.pass(stripe);
    }
    return mirror.times().isAnyWrittenSince(begun);
  }

  /** How many agents that the read asks for the mirror has dropped. */
  private int dropped(Sample sample) {
    Query query = null;
    if (sample.argument() instanceof Query one) {
      query = one;
    } else if (sample.argument() instanceof Search search) {
      query = search.query();
    }
    int dropped = 0;
    for (Agent agent : mirror.dropped()) {
      if (query == null || query.matches(agent.metadata())) {
        dropped++;
      }
    }
    return dropped;
  }

  private void explain(Set<Verdict> verdicts) {
    if (verdicts.contains(Verdict.WRITTEN)) {
      log.explainedByWrite();
    } else if (verdicts.contains(Verdict.OWNER_GONE)) {
      log.explainedByOwner();
    }
  }

  /** Logs a difference, unless the backends have changed roles while it was judged. */
  private void note(Sample sample, Kind kind, String ours, String theirs) {
    if (!isStanding()) {
      // Then the times of writes are kept elsewhere, and tell nothing.
      overtaken = true;
      return;
    }
    log.add(
        new Difference(
            Instant.now(),
            sample.operation(),
            sample.argument().toString(),
            kind,
            route.name(),
            mirror.next().name(),
            ours,
            theirs));
  }

  private static Kind kind(@Nullable Agent ours, @Nullable Agent theirs) {
    if (theirs == null) {
      return Kind.MISSING;
    }
    if (ours == null) {
      return Kind.EXTRA;
    }
    return ours.isSameVersionAs(theirs) ? Kind.OTHER_METADATA : Kind.OTHER_REVISION;
  }

  private static int number(@Nullable Object answer) {
    if (answer instanceof Boolean whether) {
      return whether ? 1 : 0;
    }
    return answer instanceof Integer number ? number : 0;
  }
}
