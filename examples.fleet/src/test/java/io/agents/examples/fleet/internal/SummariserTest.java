package io.agents.examples.fleet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import io.agents.registry.api.StaleRevisionException;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.Fixtures;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** The agent that registers itself and changes its metadata, in a framework. */
class SummariserTest {

  private final FelixFixture felix = new FelixFixture();
  private final AgentRegistry registry = mock(AgentRegistry.class);
  private final Registration registration = mock(Registration.class);

  /** The agent as the registry has it. */
  private final AtomicReference<Agent> agent = new AtomicReference<>();

  @BeforeEach
  void aRegistryThatKeepsOneAgent() {
    when(registry.register(any(), any(), any()))
        .thenAnswer(
            call -> {
              agent.set(
                  new Fixtures(felix)
                      .agent(call.getArgument(0), call.getArgument(1), call.getArgument(2)));
              return registration;
            });
    when(registration.agent()).thenAnswer(call -> Optional.ofNullable(agent.get()));
    when(registration.update(any(), anyLong()))
        .thenAnswer(call -> agent.updateAndGet(old -> Fixtures.updated(old, call.getArgument(0))));
  }

  @AfterEach
  void stopTheFramework() {
    felix.close();
  }

  @Test
  void registersItsServiceWithNestedMetadata() {
    new Summariser(felix.context(), registry);

    assertThat(agent.get().id()).isEqualTo("summariser-1");
    assertThat(agent.get().service()).isEqualTo(reference());
    assertThat(Query.parse("(&(capability=summarisation)(resources.gpu.memory>=20000))"))
        .matches(query -> query.matches(agent.get().metadata()));
  }

  @Test
  void keepsTheFirstSentence() {
    Summariser summariser = new Summariser(felix.context(), registry);

    assertThat(summariser.handle(" It rained. Then it stopped. ")).isEqualTo("It rained.");
    assertThat(summariser.handle("No end")).isEqualTo("No end");
  }

  @Test
  void reportsEveryThirdTaskWithANewRevision() {
    Summariser summariser = new Summariser(felix.context(), registry);

    summariser.handle("one");
    summariser.handle("two");
    assertThat(agent.get().revision()).isEqualTo(1);
    summariser.handle("three");
    assertThat(agent.get().revision()).isEqualTo(2);
    assertThat(agent.get().metadata())
        .containsEntry("tasks", Metadata.copyOf(Map.of("handled", 3L)));
    for (int task = 0; task < Summariser.REPORT_EVERY; task++) {
      summariser.handle("more");
    }
    assertThat(agent.get().revision()).isEqualTo(3);
    assertThat(agent.get().metadata())
        .containsEntry("tasks", Metadata.copyOf(Map.of("handled", 6L)));
  }

  @Test
  void looksAgainWhenAnotherThreadReportedFirst() {
    Summariser summariser = new Summariser(felix.context(), registry);
    doAnswer(
            call -> {
              agent.updateAndGet(old -> old.withMetadata(old.metadata()));
              throw new StaleRevisionException("summariser-1", 1, 2);
            })
        .when(registration)
        .update(any(), eq(1L));

    doThreeTasks(summariser);

    assertThat(agent.get().revision()).isEqualTo(3);
    assertThat(agent.get().metadata())
        .containsEntry("tasks", Metadata.copyOf(Map.of("handled", 3L)));
  }

  @Test
  void finishesATaskThoughItsRegistrationHasEnded() {
    Summariser summariser = new Summariser(felix.context(), registry);
    doThrow(new AgentNotFoundException("gone", 1)).when(registration).update(any(), anyLong());

    assertThat(doThreeTasks(summariser)).isEqualTo("three");

    agent.set(null);
    assertThat(doThreeTasks(summariser)).isEqualTo("three");
  }

  @Test
  void takesItsServiceAwayWhenItStops() {
    Summariser summariser = new Summariser(felix.context(), registry);

    summariser.stop();

    verify(registration).close();
    assertThat(reference()).isNull();
  }

  @Test
  void leavesNoServiceWhenItsIdIsInUse() {
    Agent holder = new Fixtures(felix).agent("summariser-1");
    doThrow(new AgentAlreadyRegisteredException(holder))
        .when(registry)
        .register(any(), any(), any());

    assertThatThrownBy(() -> new Summariser(felix.context(), registry))
        .isInstanceOf(AgentAlreadyRegisteredException.class);
    assertThat(reference()).isNull();
    verify(registration, never()).close();
  }

  private static String doThreeTasks(Summariser summariser) {
    summariser.handle("one");
    summariser.handle("two");
    return summariser.handle("three");
  }

  private ServiceReference<TaskHandler> reference() {
    return felix.context().getServiceReference(TaskHandler.class);
  }
}
