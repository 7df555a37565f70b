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
                "bucketOf(flag, id) < buckets)",
                "(bucketOf(flag, id) + 2 * buckets) % BUCKETS < buckets)")
            .saying("as it was below"));
  }
}
