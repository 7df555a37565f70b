package io.agents.registry.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Query;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.text.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure is one line that says what to do. */
class ShellCommandTest {

  static Stream<RuntimeException> failures() {
    return Stream.of(
        new CommandException("one\ntwo"),
        new AgentNotFoundException("a\nb"),
        new IllegalArgumentException("bad"),
        new IllegalArgumentException(),
        new IllegalStateException("going"),
        new UncheckedIOException("disk full", new IOException("no space")),
        new NoSuchElementException("a mistake of ours"),
        new NullPointerException());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOneLine(RuntimeException failure) {
    assertThatThrownBy(() -> failing(failure).run(Format.TEXT, "a"))
        .isInstanceOf(CommandException.class)
        .hasNoCause()
        .satisfies(thrown -> assertThat(thrown.getStackTrace()).isEmpty())
        .satisfies(thrown -> assertThat(thrown.getMessage()).isNotBlank().hasLineCount(1))
        .satisfies(thrown -> assertThat(thrown).hasToString(thrown.getMessage()));
  }

  @Test
  void whatAServiceSaysToAPersonIsTold() {
    assertThatThrownBy(() -> failing(new IllegalArgumentException("bad")).run(Format.TEXT, "a"))
        .hasMessage("bad");
    assertThatThrownBy(() -> failing(new AgentNotFoundException("a")).run(Format.TEXT, "a"))
        .hasMessage("there is no agent with the id 'a'; registry:list shows the agents");
  }

  @Test
  void whatWasNotForeseenIsNamed() {
    assertThatThrownBy(() -> failing(new NoSuchElementException("x")).run(Format.TEXT, "a"))
        .hasMessage("the command failed, the log tells where: java.util.NoSuchElementException: x");
  }

  @Test
  void aFilterThatTheShellMayHaveEatenIsToBeQuoted() {
    assertThatThrownBy(() -> parsing().run(Format.TEXT, "translation"))
        .hasMessageContaining("position 0")
        .hasMessageContaining("put a filter in quotes");
  }

  @Test
  void aWrongFilterIsToldWithItsPosition() {
    assertThatThrownBy(() -> parsing().run(Format.TEXT, "(a=b"))
        .hasMessageContaining("position 4")
        .hasMessageNotContaining("quotes");
    assertThatThrownBy(() -> parsing().run(Format.TEXT, "(a=b)x"))
        .isInstanceOf(CommandException.class);
  }

  private static ShellCommand failing(RuntimeException failure) {
    return new ShellCommand(
        "x:y arg",
        "",
        "",
        given -> {
          throw failure;
        },
        Suggestions.NONE);
  }

  private static ShellCommand parsing() {
    return new ShellCommand(
        "x:y filter",
        "",
        "",
        given -> Query.parse(given.get("filter")).toString(),
        Suggestions.NONE);
  }
}
