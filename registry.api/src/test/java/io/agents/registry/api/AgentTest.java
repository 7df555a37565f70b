package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

@DisplayName("Agents are values")
class AgentTest {

  private final Bundle bundle = FakeFramework.bundle(7, "some.bundle");
  private final ServiceReference<?> service = FakeFramework.service(1, bundle);

  private Agent agent(String id, long registration, long revision) {
    return new Agent(id, service, bundle, bundle, Metadata.empty(), registration, revision, 1_000);
  }

  @Test
  @DisplayName("R3.2 an update raises the revision and keeps the rest")
  void nextRevision() {
    Agent first = agent("a", 3, 1);
    Agent second = first.withMetadata(Metadata.copyOf(Map.of("k", 1)));
    assertThat(second)
        .isEqualTo(
            new Agent("a", service, bundle, bundle, Metadata.copyOf(Map.of("k", 1)), 3, 2, 1_000));
    assertThat(first.metadata()).isEmpty();
  }

  @Test
  @DisplayName("B1.9 a version is id, registration and revision")
  void versions() {
    Agent agent = agent("a", 3, 1);
    Agent same =
        new Agent("a", service, bundle, bundle, Metadata.copyOf(Map.of("k", 1)), 3, 1, 2_000);
    assertThat(agent.isSameVersionAs(same)).isTrue();
    assertThat(agent.isSameVersionAs(agent("b", 3, 1))).isFalse();
    assertThat(agent.isSameVersionAs(agent("a", 4, 1))).isFalse();
    assertThat(agent.isSameVersionAs(agent("a", 3, 2))).isFalse();
    assertThat(agent.isSameVersionAs(null)).isFalse();
  }

  @Test
  @DisplayName("R7.8 an agent tells whether its owner is gone, and when it was registered")
  void tellsOwnerAndTime() {
    assertThat(agent("a", 1, 1).isOwnerGone()).isFalse();
    ServiceReference<?> gone = FakeFramework.service(1, null);
    Agent dead = new Agent("a", gone, bundle, bundle, Metadata.empty(), 1, 1, 1_000);
    assertThat(dead.isOwnerGone()).isTrue();
    assertThat(dead.registeredAt()).isEqualTo(Instant.ofEpochMilli(1_000));
  }

  @Test
  @DisplayName("R13.2 an agent misses nothing")
  void missesNothing() {
    assertThatThrownBy(() -> agent(null, 1, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("id");
    assertThatThrownBy(() -> new Agent("a", null, bundle, bundle, Metadata.empty(), 1, 1, 0))
        .hasMessage("service");
    assertThatThrownBy(() -> new Agent("a", service, null, bundle, Metadata.empty(), 1, 1, 0))
        .hasMessage("owner");
    assertThatThrownBy(() -> new Agent("a", service, bundle, null, Metadata.empty(), 1, 1, 0))
        .hasMessage("registrar");
    assertThatThrownBy(() -> new Agent("a", service, bundle, bundle, null, 1, 1, 0))
        .hasMessage("metadata");
  }
}
