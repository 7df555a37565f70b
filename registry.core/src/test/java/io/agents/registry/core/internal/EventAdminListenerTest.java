package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** What EventAdmin is given: R10.15. */
class EventAdminListenerTest {

  private final EventAdmin eventAdmin = mock(EventAdmin.class);
  private final EventAdminListener listener = new EventAdminListener(eventAdmin);
  private final Fixtures fixtures = new Fixtures(new FakeOwners());

  private Event posted(RegistryEvent event) {
    listener.changed(event);
    ArgumentCaptor<Event> posted = ArgumentCaptor.forClass(Event.class);
    verify(eventAdmin).sendEvent(posted.capture());
    return posted.getValue();
  }

  @Test
  void theEventTellsOfTheAgentAndItsOwner() {
    Agent agent = fixtures.agent("a", Map.of("capability", "translation"));
    long before = System.currentTimeMillis();
    Event event = posted(Change.registered(agent).numbered(7));
    assertThat(event.getTopic()).isEqualTo("io/agents/registry/Agent/REGISTERED");
    assertThat(event.getProperty("agent.id")).isEqualTo("a");
    assertThat(event.getProperty("agent.registration")).isEqualTo(agent.registration());
    assertThat(event.getProperty("agent.revision")).isEqualTo(agent.revision());
    assertThat(event.getProperty("agent.metadata")).isEqualTo(agent.metadata());
    assertThat(event.getProperty("event.number")).isEqualTo(7L);
    assertThat(event.getProperty("bundle.id")).isEqualTo(agent.owner().getBundleId());
    assertThat(event.getProperty("bundle.symbolicName")).isEqualTo(agent.owner().getSymbolicName());
    assertThat(event.getProperty("service.id"))
        .isEqualTo(agent.service().getProperty(Constants.SERVICE_ID))
        .isNotNull();
    assertThat((Long) event.getProperty("timestamp")).isBetween(before, System.currentTimeMillis());
    assertThat(event.containsProperty("reason")).as("a reason of a registration").isFalse();
  }

  @Test
  void aGoingTellsItsReason() {
    Agent agent = fixtures.agent("a");
    Event event = posted(Change.unregistered(agent, RegistryEvent.Reason.OWNER_GONE).numbered(1));
    assertThat(event.getTopic()).isEqualTo("io/agents/registry/Agent/UNREGISTERED");
    assertThat(event.getProperty("reason")).isEqualTo("OWNER_GONE");
  }

  @Test
  void whatAnOwnerDoesNotHaveIsLeftOut() {
    Bundle nameless = mock(Bundle.class);
    ServiceReference<?> gone = mock(ServiceReference.class);
    Agent made = fixtures.agent("a");
    when(nameless.getBundleId()).thenReturn(42L);
    Agent agent = new NewAgent("a", gone, nameless, nameless, made.metadata()).numbered(3);
    Event event = posted(Change.updated(made, agent).numbered(1));
    assertThat(event.getTopic()).isEqualTo("io/agents/registry/Agent/UPDATED");
    assertThat(event.getProperty("bundle.id")).isEqualTo(42L);
    assertThat(event.containsProperty("bundle.symbolicName")).isFalse();
    assertThat(event.containsProperty("service.id")).isFalse();
  }
}
