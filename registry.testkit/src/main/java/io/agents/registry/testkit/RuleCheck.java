package io.agents.registry.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Checks one rule of {@code docs/semantics.md}.
 *
 * @param rule the number of the rule, such as {@code B1.3}
 * @param behaviour what is checked, as a sentence
 * @param check throws an {@link AssertionError} if the rule is broken
 * @param <C> what is tested
 */
public record RuleCheck<C extends RuleCheck.Tested>(String rule, String behaviour, Check<C> check) {

  /** What a check is made on. */
  @ConsumerType
  public interface Tested extends AutoCloseable {

    /** Releases whatever belongs to it. Called once, after the check, passed or not. */
    @Override
    void close();
  }

  /**
   * The check itself.
   *
   * @param <C> what is tested
   */
  @ConsumerType
  @FunctionalInterface
  public interface Check<C> {
    /**
     * Runs the check.
     *
     * @param tested what is tested; new, and closed by the caller afterwards
     * @throws Exception if the check could not be made
     */
    void run(C tested) throws Exception;
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if anything is null
   */
  public RuleCheck {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(behaviour, "behaviour");
    Objects.requireNonNull(check, "check");
  }

  /**
   * What a report shows.
   *
   * @return the rule and the behaviour
   */
  public String name() {
    return rule + " " + behaviour;
  }

  /**
   * Runs the check on a new thing to test, and closes that.
   *
   * @param factory makes what is tested
   * @throws AssertionError if the rule is broken, or the check ends with an exception; its message
   *     begins with the name of the check, its cause is what happened
   */
  public void run(Supplier<? extends C> factory) {
    try (C tested = factory.get()) {
      check.run(tested);
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(name() + ": " + failure, failure);
    }
  }

  /**
   * Runs all checks, each on a new thing to test: for test runners that cannot make a test of each,
   * as in containers.
   *
   * @param checks what to check
   * @param factory makes what is tested
   * @param <C> what is tested
   * @throws AssertionError if a rule is broken; its message names every broken rule, and each
   *     failure is suppressed in it
   */
  public static <C extends RuleCheck.Tested> void runAll(
      List<RuleCheck<C>> checks, Supplier<? extends C> factory) {
    List<String> broken = new ArrayList<>();
    List<AssertionError> failures = new ArrayList<>();
    for (RuleCheck<C> check : checks) {
      try {
        check.run(factory);
      } catch (AssertionError failure) {
        broken.add(failure.getMessage());
        failures.add(failure);
      }
    }
    if (!broken.isEmpty()) {
      AssertionError error =
          new AssertionError(
              broken.size()
                  + " of "
                  + checks.size()
                  + " checks failed:\n"
                  + String.join("\n", broken));
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
