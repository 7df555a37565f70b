package io.agents.reliability;

import io.agents.registry.testkit.reliability.PlantedBug;
import io.agents.registry.testkit.reliability.PlantedBugs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("planted")
@DisplayName("Bugs planted in the bundles are found in Felix")
class PlantedBugsTest {

  private static final String PAUSE = "java.util.concurrent.locks.LockSupport.parkNanos(1);\n";
  private static final String LONG_PAUSE =
      "java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);\n";

  @TestFactory
  Stream<DynamicTest> bugs() {
    return PlantedBugs.tests(
        PlantedBug.named("an update is not repeated on the next backend")
            .in("registry.core", "LockedWrites")
            .replacing(
                "if (route.mirror() != null) {\n      route.mirror().store(after);\n    }", "")
            .foundBy(HotSwapStressTest.class),
        PlantedBug.named("a reader believes that what it misses is not there")
            .in("registry.core", "Routing")
            .replacing("found = before", PAUSE + "found = before")
            .replacing(
                "if (after.generation() == before.generation()) {\n        return null;",
                "if (after != null) {\n        return null;")
            .foundBy(HotSwapStressTest.class)
            .saying("a call failed"),
        PlantedBug.named("the former backend is not cleared")
            .in("registry.core", "HandOver")
            .replacing("quietly(\"clearing \" + from, active::clear);", "")
            .foundBy(OwnersDuringSwapsTest.class)
            .saying("agents of owners that went, in legacy"),
        PlantedBug.named("agents that a swap drops are told of twice")
            .in("registry.core", "HandOver")
            .replacing(
                "quietly(\"telling of dropped agents\", () -> tell(dropped));",
                "quietly(\"telling of dropped agents\", () -> { tell(dropped); tell(dropped); });")
            .foundBy(OwnersDuringSwapsTest.class)
            .saying("agents that ended more than once"),
        PlantedBug.named("the selector forgets a question that is asked while it decides")
            .in("registry.flags", "Selector")
            .replacing(
                "asked.set(false);\n              decide();",
                "decide();\n" + LONG_PAUSE + "asked.set(false);")
            .foundBy(FlagTogglingTest.class)
            .saying("the last value"),
        PlantedBug.named("agents of a service that goes are not swept")
            .in("registry.ets", "OwnerTracker")
            .replacing(
                "unconfirmed.remove(service);\n    sweep.accept(service);\n  }\n\n  /** Forgets",
                "unconfirmed.remove(service);\n  }\n\n  /** Forgets")
            .foundBy(ChaosTest.class)
            .saying("too many"),
        PlantedBug.named("who sweeps does not wait for a writer that has asked")
            .in("registry.ets", "AgentStore")
            .replacing("locks.locked(id, () -> agents.get(id))", "agents.get(id)")
            .foundBy(BackendLincheckTest.class, "etsByModel")
            .saying("Invalid execution results"),
        PlantedBug.named("registering takes no lock")
            .in("registry.legacy", "LegacyBackend")
            .replacing(
                "public synchronized @Nullable Agent putIfAbsent",
                "public @Nullable Agent putIfAbsent")
            .foundBy(BackendLincheckTest.class, "legacyByModel")
            .saying("Invalid execution results"));
  }
}
