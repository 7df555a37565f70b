package io.agents.distribution.runner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;

class ErrorLineTest {

  @Test
  void theMessageIsTheLine() {
    assertThat(ErrorLine.of(new IllegalArgumentException("no such thing")))
        .isEqualTo("no such thing");
  }

  @Test
  void severalLinesBecomeOne() {
    assertThat(ErrorLine.of(new IllegalStateException("one\n  two\r\nthree\n")))
        .isEqualTo("one; two; three");
  }

  @Test
  void withoutAMessageTheKindOfErrorIsTheLine() {
    assertThat(ErrorLine.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(ErrorLine.of(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
  }

  @Test
  void whatAReflectiveCallThrewIsLookedInto() {
    Exception cause = new IllegalArgumentException("the cause");
    assertThat(ErrorLine.of(new InvocationTargetException(cause))).isEqualTo("the cause");
    assertThat(ErrorLine.of(new InvocationTargetException(null)))
        .isEqualTo("InvocationTargetException");
  }
}
