package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The backend that follows, call by call: R11.1, R11.5, R11.6. */
class MirrorTest {

  private final TestBackend backend = TestBackend.thatMonitors();
  private final TestBackend active = TestBackend.plain();
  private final FakeOwners owners = new FakeOwners(backend::going);
  private final Fixtures fixtures = new Fixtures(owners);
  private final WriteLocks locks = new WriteLocks(1);
  private final Mirror mirror = inStep(backend);
  private final Agent agent = fixtures.agent("a", Map.of("k", 1));
  private final Agent updated = Fixtures.updated(agent, Map.of("k", 2));
  private final Agent again = fixtures.registeredAgain(agent);

  private Mirror inStep(RegistryBackend next) {
    Mirror made = new Mirror(new NamedBackend("next", next), locks);
    made.tally().part(0).getInStep(0, 0);
    return made;
  }

  private void assertFailed(String because) {
    assertThat(mirror.hasFailed()).isTrue();
    assertThat(mirror.failure()).startsWith("a write to next failed: ").contains(because);
    assertThatThrownBy(mirror::requireSound)
        .isInstanceOf(HandOverFailedException.class)
        .hasMessage(mirror.failure());
  }

  @Test
  void itHoldsWhatItIsGivenWhateverItHeld() {
    assertThat(mirror.follow(null, agent)).isFalse();
    assertThat(backend.lookup("a")).isEqualTo(agent);
    mirror.follow(agent, updated);
    assertThat(backend.lookup("a")).isEqualTo(updated);
    mirror.follow(updated, again);
    assertThat(backend.lookup("a")).isEqualTo(again);
    assertThat(mirror.follow(again, null)).isFalse();
    assertThat(backend.lookup("a")).isNull();
    mirror.follow(again, null);
    assertThatCode(mirror::requireSound).doesNotThrowAnyException();
    assertThat(mirror.hasFailed()).isFalse();
    assertThat(mirror.failure()).isEmpty();
  }

  @Test
  void whileAStripeIsFilledItIsToldOfWritesAndLeftAlone() {
    Mirror filled = new Mirror(backend.named("next"), locks);
    filled.follow(null, agent);
    filled.follow(agent, null);
    assertThat(backend.isEmpty()).isTrue();
    assertThat(filled.tally().part(0).takeWritten()).isEqualTo(Set.of("a"));
    assertThat(filled.tally().part(0).takeWritten()).as("taken already").isEmpty();
  }

  @Test
  void theCopyLeavesWhatIsThere() {
    mirror.follow(null, updated);
    mirror.copy(agent);
    assertThat(backend.lookup("a")).isEqualTo(updated);
    mirror.follow(updated, null);
    mirror.copy(agent);
    assertThat(backend.lookup("a")).isEqualTo(agent);
  }

  @Test
  void theFirstFailureEndsIt() {
    backend.failAt(Call.PUT, 1);
    assertThat(mirror.follow(null, agent)).as("failed just now").isTrue();
    assertFailed("PUT fails on purpose");
    backend.putIfAbsent(agent);
    assertThat(mirror.follow(agent, updated)).as("failed already").isFalse();
    assertThat(mirror.follow(updated, null)).as("failed already").isFalse();
    assertThat(backend.lookup("a")).as("what it holds after its failure").isEqualTo(agent);
    mirror.giveUp(new IllegalStateException("later"));
    assertFailed("PUT fails on purpose");
    assertThatThrownBy(() -> mirror.copy(agent)).isInstanceOf(HandOverFailedException.class);
    assertThatThrownBy(() -> mirror.align("a", active)).isInstanceOf(HandOverFailedException.class);
  }

  @Test
  void aRemovalThatFailsEndsItToo() {
    mirror.follow(null, agent);
    backend.failAt(Call.REMOVE, 1);
    assertThat(mirror.follow(agent, null)).isTrue();
    assertFailed("REMOVE fails on purpose");
  }

  @Test
  void aBackendThatDoesNotStoreOrRemoveIsGivenUp() {
    RegistryBackend stubborn = new StubbornBackend(TestBackend.plain());
    stubborn.putIfAbsent(agent);
    Mirror storing = inStep(stubborn);
    assertThat(storing.follow(agent, updated)).isTrue();
    assertThat(storing.failure()).isEqualTo("next does not store the agent 'a'");
    Mirror removing = inStep(stubborn);
    assertThat(removing.follow(agent, null)).isTrue();
    assertThat(removing.failure()).isEqualTo("next does not remove the agent 'a'");
  }

  @Test
  void agentsWhoseOwnerIsGoneAreDroppedInWhateverVersionTheyWere() {
    mirror.follow(null, agent);
    owners.unregister(agent.service());
    mirror.follow(agent, updated);
    assertThat(mirror.dropped()).containsExactly(updated);
    assertThat(mirror.isDropped("a")).isTrue();
    assertThat(backend.lookup("a")).isNull();
    mirror.copy(updated);
    assertThat(mirror.dropped()).containsExactly(updated);
    Agent heir = fixtures.agent("a");
    mirror.follow(updated, heir);
    assertThat(mirror.dropped()).as("after another owner took the id").isEmpty();
    assertThat(mirror.isDropped("a")).isFalse();
    assertThat(backend.lookup("a")).isEqualTo(heir);
    assertThatCode(mirror::requireSound).doesNotThrowAnyException();
  }

  @Test
  void whatIsRemovedIsNotDroppedAnyMore() {
    owners.unregister(agent.service());
    mirror.follow(null, agent);
    assertThat(mirror.dropped()).containsExactly(agent);
    mirror.follow(agent, null);
    assertThat(mirror.dropped()).isEmpty();
  }

  @Test
  void whatItLostItselfIsDroppedIfItIsTheSameRegistration() {
    active.putIfAbsent(updated);
    mirror.lost(agent, active);
    assertThat(mirror.dropped()).as("as the active one holds it").containsExactly(updated);
    mirror.follow(updated, null);
    active.replace(updated, again);
    mirror.lost(agent, active);
    assertThat(mirror.dropped()).as("of a former registration").isEmpty();
    active.remove(again);
    mirror.lost(agent, active);
    assertThat(mirror.dropped()).as("with nothing under the id").isEmpty();
    active.failAt(Call.LOOKUP, 1);
    mirror.lost(agent, active);
    assertFailed("LOOKUP fails on purpose");
  }

  @Test
  void aDifferenceIsMendedAndTold() {
    assertThat(mirror.align("a", active).isChanged()).as("with nothing on both sides").isFalse();
    active.putIfAbsent(agent);
    assertThat(mirror.align("a", active)).isEqualTo(new Mirror.Aligned(agent, true));
    assertThat(backend.lookup("a")).isEqualTo(agent);
    assertThat(mirror.align("a", active)).isEqualTo(new Mirror.Aligned(agent, false));
    active.replace(agent, updated);
    assertThat(mirror.align("a", active)).isEqualTo(new Mirror.Aligned(updated, true));
    assertThat(backend.lookup("a")).isEqualTo(updated);
    active.remove(updated);
    assertThat(mirror.align("a", active)).isEqualTo(new Mirror.Aligned(null, true));
    assertThat(backend.lookup("a")).isNull();
  }

  @Test
  void aDifferenceByAnOwnerThatIsGoneIsNotMended() {
    active.putIfAbsent(agent);
    owners.unregister(agent.service());
    assertThat(mirror.align("a", active)).isEqualTo(new Mirror.Aligned(agent, false));
    assertThat(mirror.dropped()).containsExactly(agent);
  }

  @Test
  void whatDoesNotStayMendedIsAFailure() {
    active.putIfAbsent(agent);
    backend.lose("a");
    assertThatThrownBy(() -> mirror.align("a", active))
        .isInstanceOf(HandOverFailedException.class)
        .hasMessage("next does not store the agent 'a'");
  }

  @Test
  void whatIsMendedToAnotherVersionIsAFailure() {
    active.putIfAbsent(agent);
    backend.before(Call.LOOKUP, 2, none -> backend.putStray("a", agent));
    assertThatThrownBy(() -> mirror.align("a", active))
        .isInstanceOf(HandOverFailedException.class)
        .hasMessage("the agent 'a' is not the same in next after it was stored there");
  }

  @Test // R11.6
  void whatAnOwnerTakesAwayAsSoonAsItIsStoredIsNoFailure() {
    active.putIfAbsent(agent);
    backend.before(Call.LOOKUP, 2, none -> owners.unregister(agent.service()));
    assertThat(mirror.align("a", active).agent()).isEqualTo(agent);
    assertThat(mirror.dropped()).as("before it is told that it lost it").containsExactly(agent);
    assertThat(backend.lookup("a")).isNull();
    assertThatCode(mirror::requireSound).doesNotThrowAnyException();
  }

  @Test
  void whatAChangeOfRolesHasDroppedIsPurgedUnlessTheIdHasAnotherRegistration() {
    mirror.follow(null, again);
    mirror.purge(agent);
    assertThat(backend.lookup("a")).as("a later registration").isEqualTo(again);
    mirror.purge(again);
    assertThat(backend.lookup("a")).isNull();
    mirror.purge(again);
    assertThat(mirror.hasFailed()).isFalse();
  }

  @Test
  void whoFollowsForGoodKnowsWhenIdsWereWritten() {
    assertThat(mirror.isStanding()).isFalse();
    assertThatThrownBy(mirror::times)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("next is no standing mirror");
    mirror.stand();
    assertThat(mirror.isStanding()).isTrue();
    Mirror reversed = mirror.reversed(active.named("former"));
    assertThat(reversed.isStanding()).isTrue();
    assertThat(reversed.next().name()).isEqualTo("former");
  }
}
