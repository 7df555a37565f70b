package io.agents.registry.flags;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands for and against the next stage of the rollout, at one moment.
 *
 * @param stage the stage now
 * @param next the stage that {@link Rollout#next} would go to; empty if there is none
 * @param lines what was looked at, in a fixed order
 */
public record Readiness(RolloutStage stage, Optional<RolloutStage> next, List<Line> lines) {

  /**
   * One thing that was looked at.
   *
   * @param good whether it stands for the next stage
   * @param what how it is, with the figure and what is asked for, for a person
   * @param command what changes it, as a command; empty text if it is good, or only time helps
   */
  public record Line(boolean good, String what, String command) {

    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if anything is null
     */
    public Line {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(command, "command");
    }
  }

  /**
   * Copies the list.
   *
   * @throws NullPointerException if anything is null
   */
  public Readiness {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(next, "next");
    lines = List.copyOf(lines);
  }

  /**
   * Whether there is a next stage and nothing stands against it.
   *
   * @return whether {@link Rollout#next} would do it without force
   */
  public boolean isReady() {
    return next.isPresent() && lines.stream().allMatch(Line::good);
  }

  /**
   * What stands against it.
   *
   * @return those lines that are not good; can't be changed
   */
  public List<Line> against() {
    return lines.stream().filter(line -> !line.good()).toList();
  }
}
