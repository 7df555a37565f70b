package io.agents.examples.fleet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.examples.fleet.internal.Dispatcher.Answer;
import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Query;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The consumer, in a framework with services that are agents. */
class DispatcherTest {

  private final FelixFixture felix = new FelixFixture();
  private final Fixtures fixtures = new Fixtures(felix);
  private final AgentRegistry registry = mock(AgentRegistry.class);
  private final List<Agent> agents = new ArrayList<>();
  private final Dispatcher dispatcher = new Dispatcher(felix.context(), registry);

  @BeforeEach
  void aRegistryThatAnswersQueries() {
    when(registry.query(any()))
        .thenAnswer(
            call -> {
              Query query = call.getArgument(0);
              return agents.stream().filter(agent -> query.matches(agent.metadata())).toList();
            });
  }

  @AfterEach
  void stopTheFramework() {
    felix.close();
  }

  @Test
  void callsTheAgentThatIsAbleTo() {
    agent("a-1", "translation", Health.HEALTHY);
    agent("b-1", "planning", Health.HEALTHY);

    assertThat(dispatcher.ask("planning", "do")).contains(new Answer("b-1", "b-1 did do"));
  }

  @Test
  void prefersAHealthyAgentThenTheFirstId() {
    agent("a-1", "planning", Health.DEGRADED);
    agent("c-1", "planning", Health.HEALTHY);
    agent("b-1", "planning", Health.HEALTHY);

    assertThat(dispatcher.ask("planning", "do")).contains(new Answer("b-1", "b-1 did do"));
  }

  @Test
  void asksADegradedAgentIfThereIsNoOther() {
    agent("a-1", "planning", Health.UNHEALTHY);
    agent("b-1", "planning", Health.DEGRADED);

    assertThat(dispatcher.ask("planning", "do")).contains(new Answer("b-1", "b-1 did do"));
  }

  @Test
  void asksNobodyWhoIsUnhealthy() {
    agent("a-1", "planning", Health.UNHEALTHY);

    assertThat(dispatcher.ask("planning", "do")).isEmpty();
  }

  @Test
  void takesTheCapabilityAsItIs() {
    agent("a-1", "planning", Health.HEALTHY);

    assertThat(dispatcher.ask("*", "do")).isEmpty();
  }

  @Test
  void goesOnToTheNextWhenAnAgentHasGone() {
    agent("a-1", "planning", Health.HEALTHY).unregister();
    agent("b-1", "planning", Health.HEALTHY);

    assertThat(dispatcher.ask("planning", "do")).contains(new Answer("b-1", "b-1 did do"));
  }

  @Test
  void passesOverAgentsThatTakeNoTasks() {
    agents.add(
        fixtures.agent("a-1", Map.of("capability", "planning", "health_status", Health.HEALTHY)));

    assertThat(dispatcher.ask("planning", "do")).isEmpty();
  }

  @Test
  void givesEveryServiceBack() {
    ServiceReference<?> working = agent("a-1", "planning", Health.HEALTHY).getReference();
    ServiceReference<?> failing =
        agent(
                "b-1",
                "vision",
                task -> {
                  throw new IllegalStateException("broken");
                })
            .getReference();

    dispatcher.ask("planning", "do");
    assertThatThrownBy(() -> dispatcher.ask("vision", "do")).hasMessage("broken");

    assertThat(working.getUsingBundles()).isNull();
    assertThat(failing.getUsingBundles()).isNull();
  }

  @Test
  void theCommandPrintsWhoAnsweredWhat() {
    agent("b-1", "planning", Health.HEALTHY);

    assertThat(printedBy(() -> new AskCommand(dispatcher).ask("planning", "some", "task")))
        .isEqualTo("b-1: b-1 did some task" + System.lineSeparator());
  }

  @Test
  void theCommandSaysWhatToDoWhenItCannot() {
    AskCommand command = new AskCommand(dispatcher);

    assertThatThrownBy(() -> command.ask("planning"))
        .hasMessage("usage: fleet:ask capability text");
    assertThatThrownBy(() -> command.ask("planning", "do"))
        .hasMessageContaining("'planning'")
        .hasMessageContaining("registry:list");
  }

  private ServiceRegistration<TaskHandler> agent(String id, String capability, String health) {
    return agent(id, capability, health, task -> id + " did " + task);
  }

  private ServiceRegistration<TaskHandler> agent(
      String id, String capability, TaskHandler handler) {
    return agent(id, capability, Health.HEALTHY, handler);
  }

  private ServiceRegistration<TaskHandler> agent(
      String id, String capability, String health, TaskHandler handler) {
    ServiceRegistration<TaskHandler> service =
        felix.context().registerService(TaskHandler.class, handler, null);
    Map<String, String> metadata = Map.of("capability", capability, "health_status", health);
    agents.add(fixtures.agent(id, service.getReference(), metadata));
    return service;
  }

  private static String printedBy(Runnable command) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      command.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
