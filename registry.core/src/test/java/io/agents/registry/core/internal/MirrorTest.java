package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The backend that follows, call by call: R11.1, R11.5, R11.6. */
class MirrorTest {

  private final TestBackend backend = TestBackend.thatMonitors();
  private final TestBackend active = TestBackend.plain();
  private final FakeOwners owners = new FakeOwners(backend::going);
  private final Fixtures fixtures = new Fixtures(owners);
  private final Mirror mirror = inStep(backend.named("next"));
  private final Agent agent = fixtures.agent("a", Map.of("k", 1));
  private final Agent updated = Fixtures.updated(agent, Map.of("k", 2));
  private final Agent again = fixtures.registeredAgain(agent);

  /** A mirror that is told of every write: all stripes have been filled. */
  private static Mirror inStep(NamedBackend next) {
    WriteLocks locks = new WriteLocks();
    Mirror mirror = new Mirror(next, locks);
    for (int stripe = 0; stripe < locks.stripes(); stripe++) {
      mirror.tally().part(stripe).getInStep(0, 0);
    }
    return mirror;
  }

  private void assertFailed(String because) {
    assertThatThrownBy(mirror::requireSound)
        .isInstanceOf(HandOverFailedException.class)
        .hasMessageStartingWith("a write to next failed: ")
        .hasMessageContaining(because);
  }

  @Test
  void itHoldsWhatItIsGivenWhateverItHeld() {
    mirror.follow(null, agent);
    assertThat(backend.lookup("a")).isEqualTo(agent);
    mirror.follow(null, updated);
    assertThat(backend.lookup("a")).isEqualTo(updated);
    mirror.follow(null, again);
    assertThat(backend.lookup("a")).isEqualTo(again);
    mirror.follow(agent, null);
    assertThat(backend.lookup("a")).isNull();
    mirror.follow(agent, null);
    assertThatCode(mirror::requireSound).doesNotThrowAnyException();
  }

  @Test
  void theCopyLeavesWhatIsThere() {
    mirror.follow(null, updated);
    mirror.copy(agent);
    assertThat(backend.lookup("a")).isEqualTo(updated);
    mirror.follow(agent, null);
    mirror.copy(agent);
    assertThat(backend.lookup("a")).isEqualTo(agent);
  }

  @Test
  void theFirstFailureEndsIt() {
    backend.failAt(Call.PUT, 1);
    mirror.follow(null, agent);
    assertFailed("PUT fails on purpose");
    backend.putIfAbsent(agent);
    mirror.follow(null, updated);
    mirror.follow(agent, null);
    assertThat(backend.lookup("a")).as("what it holds after its failure").isEqualTo(agent);
    assertThatThrownBy(() -> mirror.copy(agent)).isInstanceOf(HandOverFailedException.class);
    assertThatThrownBy(() -> mirror.align("a", active)).isInstanceOf(HandOverFailedException.class);
  }

  @Test
  void aRemovalThatFailsEndsItToo() {
    mirror.follow(null, agent);
    backend.failAt(Call.REMOVE, 1);
    mirror.follow(agent, null);
    assertFailed("REMOVE fails on purpose");
  }

  @Test
  void aBackendThatDoesNotStoreOrRemoveIsGivenUp() {
    TestBackend stubborn = TestBackend.plain();
    Mirror ofStubborn = inStep(new NamedBackend("next", new StubbornBackend(stubborn)));
    stubborn.putIfAbsent(agent);
    ofStubborn.follow(null, updated);
    assertThatThrownBy(ofStubborn::requireSound)
        .hasMessageContaining("next does not store the agent 'a'");
    Mirror another = inStep(new NamedBackend("next", new StubbornBackend(stubborn)));
    another.follow(agent, null);
    assertThatThrownBy(another::requireSound)
        .hasMessageContaining("next does not remove the agent 'a'");
  }

  @Test
  void agentsWhoseOwnerIsGoneAreDroppedInWhateverVersionTheyWere() {
    mirror.follow(null, agent);
    owners.unregister(agent.service());
    mirror.follow(null, updated);
    assertThat(mirror.dropped()).containsExactly(updated);
    assertThat(backend.lookup("a")).isNull();
    mirror.copy(updated);
    assertThat(mirror.dropped()).containsExactly(updated);
    Agent heir = fixtures.agent("a");
    mirror.follow(null, heir);
    assertThat(mirror.dropped()).as("after another owner took the id").isEmpty();
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
    mirror.follow(agent, null);
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
    assertThat(mirror.align("a", active).isChanged()).as("missing").isTrue();
    assertThat(backend.lookup("a")).isEqualTo(agent);
    assertThat(mirror.align("a", active).isChanged()).as("the same").isFalse();
    active.replace(agent, updated);
    assertThat(mirror.align("a", active).isChanged()).as("another revision").isTrue();
    assertThat(backend.lookup("a")).isEqualTo(updated);
    active.remove(updated);
    assertThat(mirror.align("a", active).isChanged()).as("too many").isTrue();
    assertThat(backend.lookup("a")).isNull();
  }

  @Test
  void aDifferenceByAnOwnerThatIsGoneIsNotMended() {
    active.putIfAbsent(agent);
    owners.unregister(agent.service());
    assertThat(mirror.align("a", active).isChanged()).isFalse();
    assertThat(mirror.dropped()).containsExactly(agent);
  }

  @Test
  void whatDoesNotStayMendedIsAFailure() {
    active.putIfAbsent(agent);
    backend.lose("a");
    assertThatThrownBy(() -> mirror.align("a", active))
        .isInstanceOf(HandOverFailedException.class)
        .hasMessage("the agent 'a' is not the same in next after it was stored there");
  }
}
