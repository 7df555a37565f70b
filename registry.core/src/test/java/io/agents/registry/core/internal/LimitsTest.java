package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.testkit.FakeOwners;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Each limit to its last character: R13.1, R13.6, R5.5, R6.29. */
class LimitsTest {

  private static final Settings TIGHT =
      new SettingsReader()
          .read(
              Map.of(
                  "id.max.length", 3,
                  "metadata.max.depth", 2,
                  "metadata.max.values", 4,
                  "query.max.depth", 2,
                  "query.max.length", 20));

  private static final Map<String, ToIntFunction<Settings>> PARTS =
      Map.of(
          "id.max.length", Settings::maxIdLength,
          "metadata.max.depth", settings -> settings.metadata().maxDepth(),
          "metadata.max.values", settings -> settings.metadata().maxValues(),
          "query.max.depth", settings -> settings.query().maxDepth(),
          "query.max.length", settings -> settings.query().maxLength(),
          "listener.queue.size", Settings::listenerQueueSize,
          "swaps.kept", Settings::swapsKept,
          "agents.max", Settings::maxAgents,
          "agents.max.per.owner", Settings::maxAgentsOfOwner);

  private final InputChecks checks = new InputChecks(() -> TIGHT);
  private final FakeOwners owners = new FakeOwners();
  private final Bundle bundle = owners.newBundle();
  private final ServiceReference<?> service = owners.newService(bundle);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "id.max.length, 65536, 256",
    "metadata.max.depth, 32, 8",
    "metadata.max.values, 1000000, 1000",
    "query.max.depth, 250, 50",
    "query.max.length, 1048576, 65536",
    "listener.queue.size, 1000000, 10000",
    "swaps.kept, 10000, 100",
    "agents.max, 2147483647, 2147483647",
    "agents.max.per.owner, 2147483647, 2147483647"
  })
  void aSettingIsTakenFromOneToItsHighest(String key, int highest, int standard) {
    SettingsReader reader = new SettingsReader();
    ToIntFunction<Settings> part = PARTS.get(key);
    assertThat(part.applyAsInt(reader.read(Map.of()))).isEqualTo(standard);
    assertThat(part.applyAsInt(reader.read(Map.of(key, 1)))).isEqualTo(1);
    assertThat(part.applyAsInt(reader.read(Map.of(key, highest)))).isEqualTo(highest);
    assertThat(part.applyAsInt(reader.read(Map.of(key, 2)))).isEqualTo(2);
    for (Object wrong : List.of(0, highest + 1L, "" + (highest + 1L), -1, Long.MIN_VALUE)) {
      assertThat(part.applyAsInt(reader.read(Map.of(key, wrong))))
          .as("the last good value, after %s", wrong)
          .isEqualTo(2);
    }
    assertThat(part.applyAsInt(reader.read(Map.of("service.pid", "x"))))
        .as("without the key")
        .isEqualTo(standard);
  }

  @Test
  void theTargetIsTextWithoutWhiteSpaceAround() {
    assertThat(SettingsReader.target(Map.of("backend.target", " (a=b)\n"))).isEqualTo("(a=b)");
    assertThat(SettingsReader.target(Map.of("backend.target", 5))).isEmpty();
    assertThat(SettingsReader.target(Map.of())).isEmpty();
  }

  @Test
  void anIdMayBeAsLongAsConfigured() {
    assertThatCode(() -> checks.requireId("a")).doesNotThrowAnyException();
    assertThatCode(() -> checks.requireId("abc")).doesNotThrowAnyException();
    assertThatThrownBy(() -> checks.requireId("abcd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the agent id has 4 characters; allowed are 1 to 3");
    assertThatThrownBy(() -> checks.requireId(""))
        .hasMessage("the agent id has 0 characters; allowed are 1 to 3");
    assertThatThrownBy(() -> checks.requireId(null)).hasMessage("the agent id is null");
  }

  @Test
  void anIdHasNoControlCharacterAnywhere() {
    assertThatThrownBy(() -> checks.requireId("\tab")).hasMessageContaining("U+0009 at position 0");
    assertThatThrownBy(() -> checks.requireId("ab\u007f"))
        .hasMessageContaining("U+007F at position 2");
  }

  @Test
  void aQueryMayBeAsDeepAndAsLongAsConfigured() {
    Query deepest = Query.parse("(!(a=b))");
    assertThat(checks.query(deepest)).isSameAs(deepest);
    assertThatThrownBy(() -> checks.query(Query.parse("(!(!(a=b)))")))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("a query of at most 2 levels");
    assertThatThrownBy(() -> checks.query(null)).hasMessage("the query is null");
    assertThat(checks.parse("(a=" + "b".repeat(16) + ")"))
        .hasToString("(a=" + "b".repeat(16) + ")");
    assertThatThrownBy(() -> checks.parse("(a=" + "b".repeat(17) + ")"))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void severalRequestsAreCheckedOneByOne() {
    RegistrationRequest a = new RegistrationRequest("a", service, Map.of());
    RegistrationRequest b = new RegistrationRequest("b", service, Map.of("k", 1));
    assertThat(checks.newAgents(List.of(a, b), bundle))
        .extracting(NewAgent::id)
        .containsExactly("a", "b");
    assertThat(checks.newAgents(List.of(b), bundle))
        .singleElement()
        .satisfies(
            agent -> {
              assertThat(agent.owner()).isEqualTo(bundle);
              assertThat(agent.registrar()).isEqualTo(bundle);
              assertThat(agent.service()).isEqualTo(service);
              assertThat(agent.metadata()).isEqualTo(Map.of("k", 1));
            });
    assertThatThrownBy(() -> checks.newAgents(List.of(a, b, a), bundle))
        .hasMessage("two requests have the agent id 'a'; each needs one of its own");
    assertThatThrownBy(() -> checks.newAgents(null, bundle))
        .hasMessage("the collection of requests is null");
    assertThatThrownBy(() -> checks.newAgents(Arrays.asList(a, null), bundle))
        .hasMessage("a request is null");
  }
}
