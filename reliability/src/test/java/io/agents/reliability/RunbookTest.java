package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.RolloutStage;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F3, S1: whoever follows the runbook gets where it says. */
@DisplayName("F3 The commands of docs/operations.md")
class RunbookTest {

  /** Where a block of commands begins, and where it leads to; in the order of the document. */
  private record Step(String before, String after) {}

  private static final String HELD = "off, rolled back by the guard";

  private static final List<Step> STEPS =
      List.of(
          new Step("off", "off"),
          new Step("off", "shadow"),
          new Step("shadow", "off"),
          new Step("shadow", "partial 10%"),
          new Step("partial 10%", "partial 50%"),
          new Step("partial 50%", "full"),
          new Step("full", "off"),
          new Step("full", "done"),
          new Step("done", "full"),
          new Step(HELD, "off"),
          new Step("off", "off"));

  /** As in production, but for how much must have been seen before the next stage. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "comparison.percent", 100,
          "soak.minutes", 0,
          "check.quiet.minutes", 0,
          "check.calls", 100,
          "check.comparisons", 10,
          "guard.latency.floor.ms", 1_000);

  private static final Traffic.Load LOAD = new Traffic.Load(1, 1, 200, 50);

  @Test
  @DisplayName("all run, and lead to the stage that it says")
  void allRun() throws Exception {
    List<List<String>> blocks = blocks();
    assertThat(blocks).as("blocks of commands in the runbook").hasSameSizeAs(STEPS);
    int commands = 0;
    try (RolloutScene scene = new RolloutScene(SETTINGS, RegistryFramework.SHELL)) {
      Gogo shell = new Gogo(scene.felix().context());
      scene.registry().register(MisbehavingEts.LOST, scene.newService(), Map.of());
      try (Traffic traffic = new Traffic(scene.registry(), scene.newService(), LOAD)) {
        for (int i = 0; i < blocks.size(); i++) {
          Step step = STEPS.get(i);
          traffic.awaitCalls(1_000);
          goTo(step.before(), scene);
          for (String command : blocks.get(i)) {
            run(command, scene, shell);
            commands++;
          }
          scene.awaitInStep();
          assertThat(scene.rollout().status().stage())
              .as("the stage after %s", blocks.get(i))
              .hasToString(step.after());
        }
        traffic.stopAndCheck();
      }
      assertThat(scene.rollout().status().hold()).as("after the last command").isEmpty();
    }
    Figures.report("the runbook", commands + " commands");
  }

  private static void goTo(String stage, RolloutScene scene) {
    if (stage.equals(HELD)) {
      scene.force(RolloutStage.FULL);
      scene.awaitInStep();
      scene.ets().misbehave(MisbehavingEts.Fault.ONE_LOST);
      RegistryFramework.await(() -> "the guard; " + scene.rollout().status())
          .until(
              () -> {
                scene.registry().lookup(MisbehavingEts.LOST);
                return scene.rollout().status().hold().isPresent();
              });
      scene.ets().misbehave(MisbehavingEts.Fault.NONE);
    } else if (!scene.rollout().status().stage().toString().equals(stage)) {
      scene.force(RolloutStage.parse(stage));
    }
    scene.awaitInStep();
  }

  private static void run(String command, RolloutScene scene, Gogo shell) throws Exception {
    if (command.startsWith("rollout:next") && !command.contains("--force")) {
      RegistryFramework.await(() -> "readiness; against it is " + scene.rollout().check().against())
          .until(() -> scene.rollout().check().isReady());
    }
    assertThat(shell.run(command)).as(command).isNotBlank();
    scene.awaitInStep();
  }

  /** The commands between each pair of lines with three backquotes. */
  private static List<List<String>> blocks() throws IOException {
    List<List<String>> blocks = new ArrayList<>();
    Optional<List<String>> open = Optional.empty();
    for (String line : Files.readAllLines(Path.of("..", "docs", "operations.md"))) {
      if (line.startsWith("```")) {
        open.ifPresent(blocks::add);
        open = open.isPresent() ? Optional.empty() : Optional.of(new ArrayList<>());
      } else {
        open.ifPresent(block -> block.add(line));
      }
    }
    return blocks;
  }
}
