package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is there, what is wanted, and what is missing: R11.7, R12.2. */
class BackendsStateTest {

  private final NamedBackend ets = TestBackend.plain().named("ets");
  private final NamedBackend legacy = TestBackend.plain().named("legacy");
  private final BackendsState both = BackendsState.EMPTY.with(legacy).with(ets);

  @Test
  void namesAreSortedAndThoseThatWentAreNotAmongThem() {
    assertThat(both.names()).containsExactly("ets", "legacy");
    assertThat(both.without(ets.backend()).names()).containsExactly("legacy");
    assertThat(both.isPresent(ets.backend())).isTrue();
    assertThat(both.without(ets.backend()).isPresent(ets.backend())).isFalse();
    assertThat(both.without(ets.backend()).isPresent(legacy.backend())).isTrue();
    assertThat(BackendsState.EMPTY.isPresent(ets.backend())).isFalse();
  }

  @Test
  void whoIsGoneIsNotWantedAnyMore() {
    BackendsState wanting = both.targeting("(a=b)").wanting(ets).abandoned(true);
    assertThat(wanting.isWanted(ets.backend())).isTrue();
    assertThat(wanting.isWanted(legacy.backend())).isFalse();
    BackendsState withoutIt = wanting.without(ets.backend());
    assertThat(withoutIt.wanted()).isNull();
    assertThat(withoutIt.isAbandoned()).isFalse();
    assertThat(withoutIt.target()).isEqualTo("(a=b)");
    BackendsState withoutOther = wanting.without(legacy.backend());
    assertThat(withoutOther.wanted()).isEqualTo(ets);
    assertThat(withoutOther.isAbandoned()).isTrue();
  }

  @Test
  void itTellsWhatIsMissing() {
    assertThat(both.awaited(legacy.backend())).contains("no backend is there");
    assertThat(both.targeting("(a=b)").awaited(legacy.backend()))
        .contains("no backend matches (a=b)");
    BackendsState wanting = both.targeting("(a=b)").wanting(ets);
    assertThat(wanting.awaited(ets.backend())).isEmpty();
    assertThat(wanting.awaited(legacy.backend())).contains("the hand-over to ets is under way");
    assertThat(wanting.abandoned(true).awaited(legacy.backend()))
        .contains("the hand-over to ets was abandoned; set the target filter again to retry");
    assertThat(wanting.abandoned(true).wanting(legacy).awaited(ets.backend()))
        .as("another one is wanted")
        .contains("the hand-over to legacy is under way");
  }
}
