package io.agents.registry.testkit.reliability;

import java.util.function.Supplier;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** Says what was missing, as it was in the end, when a wait is given up. */
public final class Missing implements ConditionEvaluationListener<Object> {

  private final Supplier<String> what;

  /**
   * Tells what is missing when the wait is over.
   *
   * @param what asked then for the words
   */
  public Missing(Supplier<String> what) {
    this.what = what;
  }

  @Override
  public void conditionEvaluated(EvaluatedCondition<Object> condition) {
    // Only the end of the wait is of interest.
  }

  @Override
  public void onTimeout(TimeoutEvent event) {
    throw new AssertionError(
        "waited in vain for " + what.get() + " (" + event.getDescription() + ")");
  }
}
