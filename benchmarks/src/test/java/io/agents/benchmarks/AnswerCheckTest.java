package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {

  private final AnswerCheck check =
      new AnswerCheck(Map.of("count()", 2, "query (a=1)", List.of("x@1", "y@1")));

  @Test
  void allImplementationsGiveTheSameAnswers() throws Exception {
    assertThat(AnswerCheck.all(new AgentData(1_000))).isGreaterThan(2_000);
  }

  @Test
  void theSameAnswersPass() {
    check.compare("ets", Map.of("count()", 2, "query (a=1)", List.of("x@1", "y@1")));
  }

  @Test
  void aWrongAnswerIsNamed() {
    assertThatThrownBy(
            () -> check.compare("ets", Map.of("count()", 2, "query (a=1)", List.of("x@1"))))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessage("ets, query (a=1): [x@1]; right is [x@1, y@1]");
  }

  @Test
  void aMissingAnswerIsWrong() {
    assertThatThrownBy(() -> check.compare("ets", Map.of("query (a=1)", List.of("x@1", "y@1"))))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessage("ets, count(): null; right is 2");
  }
}
