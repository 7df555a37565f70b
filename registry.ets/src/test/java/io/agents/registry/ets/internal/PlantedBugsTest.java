package io.agents.registry.ets.internal;

import io.agents.registry.testkit.reliability.PlantedBug;
import io.agents.registry.testkit.reliability.PlantedBugs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("planted")
@DisplayName("Bugs planted in ets are found")
class PlantedBugsTest {

  private static PlantedBug inStore(String bug) {
    return PlantedBug.named(bug).in("registry.ets", "AgentStore");
  }

  @TestFactory
  Stream<DynamicTest> racesWithOwners() {
    return PlantedBugs.tests(
        inStore("the owner is asked for only before the agent is stored")
            .replacing(
                "if (!mayHaveAgents.test(agent.service())) {\n      present.byOwner.remove(agent.service(), slot);\n      present.slots",
                "if (false) {\n      present.byOwner.remove(agent.service(), slot);\n      present.slots")
            .foundBy(OwnerRacesTest.class, "agentStoredWhileItsServiceGoesDoesNotStay")
            .saying("round"),
        inStore("who sweeps does not wait for a writer that has asked")
            .replacing(
                "Lock lock = locks.ofStripe(SlotTable.stripe(slot));\n    lock.lock();\n    try {\n      return",
                "Lock lock = new java.util.concurrent.locks.ReentrantLock();\n    lock.lock();\n    try {\n      return")
            .foundBy(OwnerRacesTest.class, "agentStoredWhileItsServiceGoesDoesNotStay")
            .saying("round"),
        PlantedBug.named("the bundle of the service is asked for instead of the announcement")
            .in("registry.ets", "OwnerTracker")
            .replacing(
                "return (!leaving.isEmpty() && leaving.containsKey(number(service)))\n        || service.getBundle() == null;",
                "return service.getBundle() == null;")
            .foundBy(OwnerRacesTest.class, "agentStoredWhileItsServiceGoesDoesNotStay")
            .saying("round"),
        inStore("the end of an owner removes whoever has the id")
            .replacing(
                "if (held == null || held.agent().registration() != agent.registration()) {",
                "if (held == null) {")
            .foundBy(OwnerRacesTest.class, "theEndOfTheFormerOwnerLeavesTheAgentOfTheNewOne")
            .saying("the newer agent"));
  }
}
