package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

@DisplayName("R13.5 Exceptions say in one line what is wrong, and carry the values")
class RegistryExceptionTest {

  private final Bundle owner = FakeFramework.bundle(7, "owner.bundle");
  private final Bundle caller = FakeFramework.bundle(8, "caller.bundle");
  private final ServiceReference<?> service = FakeFramework.service(42, owner);
  private final Agent holder = new Agent("a", service, owner, caller, Metadata.empty(), 3, 1, 0);

  @Test
  @DisplayName("R1.4 an id in use: the holder")
  void alreadyRegistered() {
    AgentAlreadyRegisteredException e = new AgentAlreadyRegisteredException(holder);
    assertThat(e)
        .hasMessage(
            "the agent id 'a' is in use by bundle owner.bundle [7] (registration 3); choose another id, or replace it");
    assertThat(e.holder()).isSameAs(holder);
  }

  @Test
  @DisplayName("R3.3 R4.8 no such agent, or registration")
  void notFound() {
    assertThat(new AgentNotFoundException("a")).hasMessage("there is no agent with the id 'a'");
    AgentNotFoundException ended = new AgentNotFoundException("a", 3);
    assertThat(ended).hasMessage("registration 3 of the agent id 'a' has ended");
    assertThat(ended.id()).isEqualTo("a");
  }

  @Test
  @DisplayName("R8.2 not the owner: whose it is, and who tried")
  void notOwner() {
    NotOwnerException e = new NotOwnerException("a", owner, caller);
    assertThat(e)
        .hasMessage(
            "the agent 'a' belongs to bundle owner.bundle [7]; bundle caller.bundle [8] may read it, but not change it");
    assertThat(e.id()).isEqualTo("a");
    assertThat(e.owner()).isSameAs(owner);
    assertThat(e.caller()).isSameAs(caller);
  }

  @Test
  @DisplayName("R7.2 the owner is gone: the service")
  void ownerGone() {
    OwnerGoneException e = new OwnerGoneException("a", service);
    assertThat(e).hasMessageContainingAll("42", "'a'", "gone");
    assertThat(e.id()).isEqualTo("a");
    assertThat(e.service()).isSameAs(service);
  }

  @Test
  @DisplayName("R3.4 a stale revision: both revisions")
  void staleRevision() {
    StaleRevisionException e = new StaleRevisionException("a", 2, 5);
    assertThat(e).hasMessage("the agent 'a' is at revision 5, not 2; look it up and try again");
    assertThat(List.of(e.expected(), e.actual())).containsExactly(2L, 5L);
    assertThat(e.id()).isEqualTo("a");
  }

  @Test
  @DisplayName(
      "R6.22 no filter: the position and what was found there, on one line, and not too much of it")
  void invalidQuery() {
    InvalidQueryException e = new InvalidQueryException("(a\nb", 1, "something");
    assertThat(e)
        .hasMessage("the filter is not valid at position 1: expected something, found 'a\uFFFDb'");
    assertThat(e.text()).isEqualTo("(a\nb");
    assertThat(e.position()).isEqualTo(1);
    assertThat(e.expected()).isEqualTo("something");
    assertThat(new InvalidQueryException("x", 1, "more")).hasMessageEndingWith("found the end");
    assertThat(new InvalidQueryException("x".repeat(100_000), 5, "less").getMessage())
        .hasSizeLessThan(200)
        .contains("\u2026");
  }

  @Test
  @DisplayName("R5.6 wrong metadata: the path and the value")
  void invalidMetadata() {
    InvalidMetadataException e = new InvalidMetadataException("a.b[3]", 'x', "what is wrong");
    assertThat(e).hasMessage("what is wrong");
    assertThat(e.keyPath()).isEqualTo("a.b[3]");
    assertThat(e.value()).isEqualTo('x');
  }

  @Test
  @DisplayName("R1.15 a quota: which, what it allows, and whose agent was refused")
  void quotaExceeded() {
    QuotaExceededException e = new QuotaExceededException("agents.max", 100, 3, owner);
    assertThat(e)
        .hasMessage(
            "the quota agents.max of 100 agents has no room for 3 more for bundle owner.bundle [7]; unregister agents, or raise the quota");
    assertThat(e.quota()).isEqualTo("agents.max");
    assertThat(e.limit()).isEqualTo(100);
    assertThat(e.owner()).isSameAs(owner);
  }

  @Test
  @DisplayName("R13.5 all of them can be serialised, without bundles and services")
  void canBeSerialised() throws Exception {
    for (RegistryException e :
        List.of(
            new AgentAlreadyRegisteredException(holder),
            new AgentNotFoundException("a"),
            new NotOwnerException("a", owner, caller),
            new OwnerGoneException("a", service),
            new StaleRevisionException("a", 2, 5),
            new QuotaExceededException("agents.max", 100, 1, owner),
            new InvalidQueryException("x", 0, "y"),
            new InvalidMetadataException("k", service, "m"))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(e);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat((Throwable) in.readObject())
            .isExactlyInstanceOf(e.getClass())
            .hasMessage(e.getMessage())
            .hasMessageNotContaining("\n");
      }
    }
  }
}
