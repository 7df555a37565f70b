package io.agents.benchmarks;

/**
 * A goal, and what was reached.
 *
 * @param budget P1 to P8, the lines of the budget in their order
 * @param operation what was measured, in words, with the unit or what it is compared with
 * @param agents how many agents there were
 * @param threads how many threads did it
 * @param measured what was reached
 * @param required the least that is required, or the most, as {@code atLeast} says
 * @param atLeast whether more is better
 */
record BudgetLine(
    String budget,
    String operation,
    int agents,
    int threads,
    double measured,
    double required,
    boolean atLeast) {

  /** Whether the goal is reached. */
  boolean holds() {
    return atLeast ? measured >= required : measured <= required;
  }
}
