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
            .replacing("mirror(route, before, after);\n    changes.updated", "changes.updated")
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
            .in("registry.core", "GuardedCalls")
            .replacing("quietly(\"clearing \" + one.name(), one.backend()::clear);", "")
            .foundBy(OwnersDuringSwapsTest.class)
            .saying("agents of owners that went, in legacy"),
        PlantedBug.named("agents that a swap drops are told of twice")
            .in("registry.core", "HandOver")
            .replacing(
                "GuardedCalls.quietly(\"telling of dropped agents\", () -> tell(dropped));",
                "GuardedCalls.quietly(\"telling of dropped agents\", () -> { tell(dropped); tell(dropped); });")
            .foundBy(OwnersDuringSwapsTest.class)
            .saying("agents that ended more than once"),
        // What is forgotten alone is made good by the question that follows each write.
        PlantedBug.named(
                "the selector forgets what is asked while it decides, and asks no more later")
            .in("registry.flags", "Decisions")
            .replacing("if (askedForLater.compareAndSet(false, true)) {", "if (closed) {")
            .replacing(
                "pending.set(false);\n            action.run();",
                "action.run();\n" + LONG_PAUSE + "pending.set(false);")
            .foundBy(FlagTogglingTest.class)
            .saying("the last value"),
        PlantedBug.named("nobody looks whether the registry was told of its filter")
            .in("registry.flags", "LostUpdate")
            .replacing("return lost;", "return false;")
            .foundBy(LostUpdateTest.class)
            .saying("the implementation legacy"),
        PlantedBug.named("a core that is updated leaves nothing to the next one")
            .in("registry.core", "CoreComponent")
            .replacing("succession.leave(core.end());", "core.end();")
            .foundBy(UpgradeTest.class, "ofTheCore")
            .saying("agents of the successor"),
        PlantedBug.named("agents of a service that goes are not swept")
            .in("registry.ets", "OwnerTracker")
            .replacing(
                "unconfirmed.remove(service);\n    sweep.accept(service);\n  }\n\n  /** Forgets",
                "unconfirmed.remove(service);\n  }\n\n  /** Forgets")
            .foundBy(ChaosTest.class)
            .saying("too many"),
        PlantedBug.named("the owner is asked for only before the agent is stored")
            .in("registry.ets", "AgentStore")
            .replacing(
                "present.byOwner.add(agent.service(), slot);\n    if (!mayHaveAgents.test(agent.service())) {\n      present.byOwner.remove",
                "boolean may = mayHaveAgents.test(agent.service());\n    present.byOwner.add(agent.service(), slot);\n    if (!may) {\n      present.byOwner.remove")
            .foundBy(BackendLincheckTest.class, "etsByModel")
            .saying("Invalid execution results"),
        PlantedBug.named("a replacement takes the agent away for a moment, and readers see it")
            .in("registry.legacy", "LegacyBackend")
            .replacing(
                "public synchronized @Nullable Agent lookup", "public @Nullable Agent lookup")
            .replacing(
                "agents.put(agent.id(), agent);",
                "agents.remove(agent.id());\n    Thread.yield();\n    agents.put(agent.id(), agent);")
            .foundBy(BackendLincheckTest.class, "legacyByModel")
            .saying("Invalid execution results"));
  }

  @TestFactory
  Stream<DynamicTest> bugsOfLifecycles() {
    return PlantedBugs.tests(
        PlantedBug.named("a ThreadLocal leaks into threads that go on")
            .in("registry.core", "Whiteboard")
            .replacing(
                "  /** Takes no more notice of services; none of them is an agent any more. */",
                """
                  private static final ThreadLocal<Object> LEAK = new ThreadLocal<>();

                  /** Takes no more notice of services; none of them is an agent any more. */
                """)
            .replacing(
                "private void goes(ServiceReference<?> service) {",
                """
                private void goes(ServiceReference<?> service) {
                  LEAK.set(this);
                """)
            .foundBy(ClassLoadersTest.class)
            .saying("metaspace"),
        PlantedBug.named("a thread outlives its bundle")
            .in("registry.flags", "Decisions")
            .replacing("executor.allowCoreThreadTimeOut(true);", "")
            .replacing(
                "closed = true;\n    executor.shutdown();",
                "closed = true;\n    if (closed) {\n      return;\n    }\n    executor.shutdown();")
            .foundBy(ShutdownTest.class)
            .saying("waited in vain for the end of the threads"),
        PlantedBug.named("a configuration is written although it says so already")
            .in("registry.flags", "FlagStore")
            .replacing(
                "if (wanted.isEmpty() ? present != null : !saysSo(present, wanted.get())) {",
                "if (wanted.isEmpty() || !saysSo(present, FlagValue.percentage(33))) {")
            .foundBy(OneWriteTest.class)
            .saying("one write to each of []"));
  }

  @TestFactory
  Stream<DynamicTest> bugsOfReadingInput() {
    return PlantedBugs.tests(
        PlantedBug.named("nothing bounds the depth of what is parsed")
            .in("registry.api", "QueryParser")
            .replacing("if (depth > limits.maxDepth()) {", "if (depth < 0) {")
            .foundBy(FilterFuzzTest.class)
            .saying("levels of"),
        PlantedBug.named("white space after a lone wildcard counts")
            .in("registry.api", "QueryParser")
            .replacing(
                "position++;\n    skipSpace();\n    if (peek() == ')') {",
                "position++;\n    if (peek() == ')') {")
            .foundBy(FilterFuzzTest.class)
            .saying("agent-"),
        PlantedBug.named("what matches a part of a query is in the answer")
            .in("registry.ets", "QueryPlanner")
            .replacing(
                "if (agent != null && (rest == null || rest.matches(agent.metadata()))) {",
                "if (agent != null) {")
            .foundBy(FilterFuzzTest.class)
            .saying("agent-"),
        PlantedBug.named("a message holds all that was typed")
            .in("registry.api", "AgentNotFoundException")
            .replacing(
                "private static final int SHOWN = 256;",
                "private static final int SHOWN = 1 << 30;")
            .foundBy(ShellFuzzTest.class)
            .saying("registry:info"),
        PlantedBug.named("a setting that is wrong falls back to the default")
            .in("registry.core", "SettingsReader")
            .replacing(
                "int kept = limit.part().applyAsInt(last);",
                "int kept = limit.part().applyAsInt(Settings.DEFAULT);")
            .foundBy(ConfigurationFuzzTest.class, "ofTheRegistry(java.nio.file.Path)")
            .saying("the longest id to be"),
        PlantedBug.named("a flag with a wrong value goes off")
            .in("registry.flags", "FlagTable")
            .replacing("if (old != null && old.configured()) {", "if (old == null) {")
            .foundBy(ConfigurationFuzzTest.class, "ofTheFlags(java.nio.file.Path)")
            .saying("but was: off"),
        PlantedBug.named("a number that is none is a share")
            .in("registry.flags", "FlagValue")
            .replacing(
                "if (!(percent >= 0 && percent <= 100)) {", "if (percent < 0 || percent > 100) {")
            .foundBy(ConfigurationFuzzTest.class, "ofTheFlags(java.nio.file.Path)")
            .saying("but was: off"));
  }

  @TestFactory
  Stream<DynamicTest> bugsForJazzer() {
    return PlantedBugs.tests(
        PlantedBug.named("a filter may end with a backslash")
            .in("registry.api", "QueryParser")
            .replacing(
                "if (position == text.length()) {\n      throw expected(\"a character",
                "if (position < 0) {\n      throw expected(\"a character")
            .foundBy(JazzerTest.class, "filters")
            .saying("StringIndexOutOfBoundsException"),
        PlantedBug.named("a metadata value may end within the number of a character")
            .in("registry.shell", "MetadataInput")
            .replacing("if (end > word.length() || !HEX", "if (!HEX")
            .foundBy(JazzerTest.class, "commands")
            .saying("the log tells"),
        PlantedBug.named("a percentage with three decimals is cut")
            .in("registry.flags", "FlagValue")
            .replacing("[0-9]{1,2})0{0,20}", "[0-9]{1,2})[0-9]{0,20}")
            .foundBy(JazzerTest.class, "configurations")
            .saying("with {use_ets_agent_registry"));
  }
}
