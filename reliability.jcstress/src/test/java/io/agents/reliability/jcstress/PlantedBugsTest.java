package io.agents.reliability.jcstress;

import io.agents.registry.testkit.reliability.PlantedBug;
import io.agents.registry.testkit.reliability.PlantedBugs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Bugs that the tests of jcstress have to find. */
@Tag("planted")
class PlantedBugsTest {

  /** About 50 us, so that another thread does something meanwhile. */
  private static final String PAUSE = "java.util.concurrent.locks.LockSupport.parkNanos(1);";

  private static final String BEGIN_LOOKUP =
      "@Nullable Agent lookup(String id) {\n    Route before = route;";

  @TestFactory
  Stream<DynamicTest> ofPublication() {
    return PlantedBugs.tests(
        PlantedBug.named("metadata are handed out before they are filled")
            .in("registry.api", "Metadata")
            .replacing(
                "    this.values = values;",
                """
                    this.values = new Object[values.length];
                    java.util.concurrent.ForkJoinPool.commonPool()
                        .execute(
                            () -> System.arraycopy(values, 0, this.values, 0, values.length));
                """)
            .foundBy(OneStress.class, "metadataPublication")
            .saying("half the metadata"));
  }

  @TestFactory
  Stream<DynamicTest> ofTheSwitch() {
    return PlantedBugs.tests(
        PlantedBug.named("the route is a plain field")
            .in("registry.core", "Routing")
            .replacing("private volatile Route route;", "private Route route;")
            .foundBy(OneStress.class, "routeVisibility")
            .saying("never seen"),
        PlantedBug.named("a lookup that misses does not look at the route again")
            .in("registry.core", "Routing")
            .replacing(
                """
                      if (after.generation() == before.generation()) {
                        return null;
                """,
                """
                      if (after != null) {
                        return null;
                """)
            .replacing(BEGIN_LOOKUP, BEGIN_LOOKUP + PAUSE)
            .foundBy(OneStress.class, "lookupDuringHandOver")
            .saying("missed"),
        PlantedBug.named("backends are compared instead of generations")
            .in("registry.core", "Routing")
            .replacing(
                """
                      if (after.generation() == before.generation()) {
                        return null;
                """,
                """
                      if (after.active() == before.active()) {
                        return null;
                """)
            .replacing(
                "found = before.active().lookup(id);",
                PAUSE + "found = before.active().lookup(id);" + PAUSE + PAUSE + PAUSE)
            .replacing("    route = next;", "    route = next;" + PAUSE)
            .foundBy(OneStress.class, "lookupDuringHandOverAndBack")
            .saying("missed"),
        PlantedBug.named("a list does not look at the route again")
            .in("registry.core", "Routing")
            .replacing(
                """
                      if (after.generation() == before.generation()) {
                        return result;
                """,
                """
                      if (after != null) {
                        return result;
                """)
            .foundBy(OneStress.class, "listDuringHandOver")
            .saying("an agent was missed"),
        PlantedBug.named("the mirror begins without a moment without writes")
            .in("registry.core", "Filling")
            .replacing(
                "before = active.size();\n    locks.exclusively(\n        () -> {\n",
                "before = active.size();\n    begin0(() -> {\n")
            .replacing(
                "  private void copy() {",
                "  private void begin0(java.util.function.Supplier<?> s) {"
                    + PAUSE
                    + " s.get(); }\n  private void copy() {")
            .foundBy(OneStress.class, "registrationDuringHandOver")
            .saying("lost"),
        PlantedBug.named("what was written during the copy is not carried over")
            .in("registry.core", "Filling")
            .replacing(
                "Set<String> written = part.takeWritten();",
                "Set<String> written = java.util.Set.of();")
            .replacing("align(open, first, verified);", "align(open, first, verified);" + PAUSE)
            .foundBy(OneStress.class, "updateDuringHandOver")
            .saying("fallen back"));
  }

  @TestFactory
  Stream<DynamicTest> ofPostings() {
    return PlantedBugs.tests(
        PlantedBug.named("the agent is there before its posting")
            .in("registry.ets", "AgentStore")
            .replacing(
                "    present.join();\n    if (building == inUse) {\n      change.run();",
                "    if (building == inUse) {\n      change.run();\n      present.join();")
            .foundBy(OneStress.class, "queryBesideAdd")
            .saying("looked up, but not found"),
        PlantedBug.named("the posting is removed before the agent")
            .in("registry.ets", "AgentStore")
            .replacing(
                "    present.join();\n    if (building == inUse) {\n      change.run();",
                "    present.join();\n    if (building == inUse) {\n      present.leave();\n      change.run();")
            .foundBy(OneStress.class, "queryBesideRemoval")
            .saying("not found by the query"),
        PlantedBug.named("moves between posting lists are not counted")
            .in("registry.ets", "AttributeIndex")
            .replacing("moves.incrementAndGet();", "")
            .replacing("return postings.ids(key);", PAUSE + " return postings.ids(key);")
            .foundBy(OneStress.class, "unionBesideMove")
            .saying("missed, or found twice"),
        PlantedBug.named("a posting that both revisions need is taken out and put back")
            .in("registry.ets", "AttributeIndexes")
            .replacing(
                "joins.forEach(entry -> entry.index.add(entry.key, id));",
                "leave();" + PAUSE + "joins.forEach(entry -> entry.index.add(entry.key, id));")
            .replacing("if (!known || !former.contains(key)) {", "if (true) {")
            .replacing("if (!next.contains(key)) {", "if (true) {")
            .foundBy(OneStress.class, "queryBesideUpdateThatMatches")
            .saying("missed"),
        PlantedBug.named("an empty posting list is dropped after a look at it")
            .in("registry.ets", "Postings")
            .replacing(
                """
                    lists.computeIfPresent(
                        key,
                        (k, ids) -> {
                          ids.remove(id);
                          return ids.isEmpty() ? null : ids;
                        });
                """,
                """
                    Set<String> ids = lists.get(key);
                    ids.remove(id);
                    if (ids.isEmpty()) {
                      lists.remove(key);
                    }
                """)
            .foundBy(OneStress.class, "listThatEmpties")
            .saying("lost with the list"),
        PlantedBug.named("the owner is asked for before the agent can be swept")
            .in("registry.ets", "AgentStore")
            .replacing("    if (comes) {\n      byOwner.add(now.service(), id);\n    }\n", "")
            .replacing(
                "    Metadata former = before == null",
                "    if (comes) {\n      byOwner.add(now.service(), id);\n    }\n"
                    + "    Metadata former = before == null")
            .foundBy(OneStress.class, "putBesideOwnerThatGoes")
            .saying("an agent or an owner stays"));
  }
}
