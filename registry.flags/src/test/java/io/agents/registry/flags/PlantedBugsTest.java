package io.agents.registry.flags;

import io.agents.registry.testkit.reliability.PlantedBug;
import io.agents.registry.testkit.reliability.PlantedBugs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("planted")
@DisplayName("The checks of shares find the bugs that are planted for them")
class PlantedBugsTest {

  private static PlantedBug inFlagValue(String bug) {
    return PlantedBug.named(bug)
        .in("registry.flags", "FlagValue")
        .foundBy(SharesEverywhereTest.class);
  }

  @TestFactory
  Stream<DynamicTest> bugs() {
    return PlantedBugs.tests(
        inFlagValue("the absolute value of the hash is taken, and the least has none")
            .replacing("Long.remainderUnsigned(first, BUCKETS)", "(Math.abs(first) % BUCKETS)")
            .saying("-5808"),
        inFlagValue("the hash is that of the bytes in the charset of the machine")
            .replacing(
                "(flag + '\\0' + id).getBytes(StandardCharsets.UTF_8)",
                "(flag + '\\0' + id).getBytes(java.nio.charset.Charset.defaultCharset())")
            .saying("ids in the other JVM"),
        inFlagValue("the hash is that of the lower case in the language of the machine")
            .replacing("(flag + '\\0' + id).getBytes", "(flag + '\\0' + id.toLowerCase()).getBytes")
            .saying("ids in the other JVM"),
        inFlagValue("rising takes some out")
            .replacing(
                "bucketOf(flag, context.id()) < buckets)",
                "(bucketOf(flag, context.id()) + 2 * buckets) % BUCKETS < buckets)")
            .saying("as it was below"));
  }

  private static PlantedBug in(String type, String bug) {
    return PlantedBug.named(bug).in("registry.flags", type);
  }

  @TestFactory
  @DisplayName("The checks of the rollout find the bugs that are planted for them")
  Stream<DynamicTest> bugsOfTheRollout() {
    String tests = "io.agents.registry.flags.internal.";
    return PlantedBugs.tests(
        in("Stages", "a move that was under way undoes a rollback")
            .replacing(
                "foundByRollback = flags.get();\n    }\n    return List.of",
                "foundByRollback = foundByRollback;\n    }\n    return List.of")
            .foundBy(named(tests + "StagesTest"))
            .saying("aMoveThatWasUnderWayDoesNotUndoARollback"),
        in("Stages", "flags by hand go on while the guard holds promotion")
            .replacing(
                "before.hold().isPresent() && before.stage()",
                "before.hold().isEmpty() && before.stage()")
            .foundBy(named(tests + "StagesTest"))
            .saying("theGuardHoldsPromotionUntilSomebodyClearsIt"),
        in("StageFlags", "legacy is retired while it serves")
            .replacing(
                "retire.isOn() && !useEts.isOn()", "retire.isOn() && useEts.isOff() && false")
            .foundBy(named(tests + "StagesTest"))
            .saying("Expect"),
        in("Guard", "calls of long ago are judged")
            .replacing("now.nanos() - window.getFirst().nanos() < nanos", "nanos > 0")
            .foundBy(named(tests + "GuardTest"))
            .saying("Expect"),
        in("Guard", "the baseline is not looked at")
            .replacing(
                "before * settings.latencyFactor(), settings",
                "0.0 * settings.latencyFactor(), settings")
            .foundBy(named(tests + "GuardTest"))
            .saying("Expect"),
        in("RegistryKeys", "the mirror stays when nothing is to be kept in step")
            .replacing(
                "if (!present.equals(mirror)) {",
                "if (!present.equals(mirror) && !mirror.isEmpty()) {")
            .foundBy(named(tests + "RegistryKeysTest"))
            .saying("from "));
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
