package io.agents.benchmarks;

import java.io.IOException;
import java.util.Map;
import org.osgi.framework.BundleException;

/** Compares the answers of all implementations: who answers wrongly is not measured. */
final class AnswerCheck {

  private static final int LONGEST = 300;

  private final Map<String, Object> expected;

  /**
   * Takes the answers of the plain model.
   *
   * @param expected the answers of {@link Implementation#MAP}
   */
  AnswerCheck(Map<String, Object> expected) {
    this.expected = expected;
  }

  /**
   * Fills every implementation with the same data and compares what it answers with what the plain
   * model answers.
   *
   * @return the number of questions
   * @throws WrongAnswerException for the first answer that differs
   */
  static int all(AgentData data) throws BundleException, IOException {
    AnswerCheck check = new AnswerCheck(answers(Implementation.MAP, data));
    for (Implementation implementation : Implementation.values()) {
      if (implementation != Implementation.MAP && data.entries().size() <= implementation.most()) {
        check.compare(implementation.title(), answers(implementation, data));
      }
    }
    return check.expected.size();
  }

  private static Map<String, Object> answers(Implementation implementation, AgentData data)
      throws BundleException, IOException {
    try (Population population = new Population(implementation, data)) {
      return Answers.of(population);
    }
  }

  /**
   * Compares.
   *
   * @param name whose answers they are
   * @throws WrongAnswerException for the first answer that differs
   */
  void compare(String name, Map<String, Object> actual) {
    expected.forEach(
        (question, right) -> {
          Object answer = actual.get(question);
          if (!right.equals(answer)) {
            throw new WrongAnswerException(
                name + ", " + question + ": " + brief(answer) + "; right is " + brief(right));
          }
        });
  }

  private static String brief(Object answer) {
    String text = String.valueOf(answer);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
