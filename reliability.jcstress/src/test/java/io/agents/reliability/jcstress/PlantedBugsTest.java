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
            .replacing(
                "    route = next.watchedBy(watching.watch(next));",
                "    route = next.watchedBy(watching.watch(next));" + PAUSE)
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
            .replacing("align(open, false, verified);", "align(open, false, verified);" + PAUSE)
            .foundBy(OneStress.class, "updateDuringHandOver")
            .saying("fallen back"));
  }

  @TestFactory
  Stream<DynamicTest> ofPostings() {
    return PlantedBugs.tests(
        PlantedBug.named("a change is noted when it has been made")
            .in("registry.ets", "AgentStore")
            .replacing(
                "present.log.begin(slot);\n    present.slots.set(slot, agent);\n    ids.add(hash, agent, slot);",
                "present.slots.set(slot, agent);\n    ids.add(hash, agent, slot);\n"
                    + PAUSE
                    + "    present.log.begin(slot);")
            .foundBy(OneStress.class, "queryBesideAdd")
            .saying("looked up, but not found"),
        PlantedBug.named("a change is over before it has been made")
            .in("registry.ets", "AgentStore")
            .replacing(
                "ids.remove(held);\n    index(present, slot, former.metadata(), Metadata.empty());",
                "index(present, slot, former.metadata(), Metadata.empty());\n"
                    + "    present.log.end(slot);\n"
                    + PAUSE
                    + "    ids.remove(held);")
            .foundBy(OneStress.class, "queryBesideRemoval")
            .saying("not found by the query"),
        PlantedBug.named("a query does not ask what has changed")
            .in("registry.ets", "QueryPlanner")
            .replacing(
                "return store.content() == content ? changed : null;",
                "return changed == null ? null : new int[0];")
            .replacing("slots = SlotList.of(set);", PAUSE + " slots = SlotList.of(set);")
            .foundBy(OneStress.class, "unionBesideMove")
            .saying("missed, or found twice"),
        PlantedBug.named("an empty posting list is dropped after a look at it")
            .in("registry.ets", "Postings")
            .replacing("list.size() == 0 && list.dropIfEmpty()", "list.size() == 0")
            .replacing(
                "lists.remove(key, list);\n      }", PAUSE + "lists.remove(key, list);\n      }")
            .foundBy(OneStress.class, "listThatEmpties")
            .saying("lost with the list"),
        PlantedBug.named("the owner is asked for before the agent can be swept")
            .in("registry.ets", "AgentStore")
            .replacing(
                """
                    present.byOwner.add(agent.service(), slot);
                    if (!mayHaveAgents.test(agent.service())) {
                      present.byOwner.remove(agent.service(), slot);
                      present.slots.giveBack(slot);
                """,
                """
                    if (!mayHaveAgents.test(agent.service())) {
                      present.slots.giveBack(slot);
                """)
            .replacing(
                """
                    present.log.begin(slot);
                    present.slots.set(slot, agent);
                    ids.add(hash, agent, slot);
                """,
                """
                    java.util.concurrent.locks.LockSupport.parkNanos(1);
                    present.byOwner.add(agent.service(), slot);
                    present.log.begin(slot);
                    present.slots.set(slot, agent);
                    ids.add(hash, agent, slot);
                """)
            .foundBy(OneStress.class, "putBesideOwnerThatGoes")
            .saying("an agent or an owner stays"));
  }
}
