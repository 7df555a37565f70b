package io.agents.distribution.runner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S2: a command that fails inside a pipe is not lost. */
class PipeFailuresTest {

  private final ThreadIOImpl threadIo = new ThreadIOImpl();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private CommandProcessorImpl processor;

  /** Commands that print, fail, or read what the one before has printed. */
  public static final class Commands {
    /** Prints a line. */
    public void say() {
      System.out.println("said");
    }

    /** Fails. */
    public void fail() {
      throw new IllegalStateException("it fails");
    }

    /** Prints what it is given. */
    public void pass() throws IOException {
      System.in.transferTo(System.out);
    }
  }

  @BeforeEach
  void startGogo() {
    threadIo.start();
    processor = new CommandProcessorImpl(threadIo);
    for (String function : new String[] {"say", "fail", "pass"}) {
      processor.addCommand("try", new Commands(), function);
    }
  }

  @AfterEach
  void stopGogo() {
    processor.stop();
    threadIo.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "say, false",
    "say | pass, false",
    "say | pass | pass; say, false",
    "fail | pass, true",
    "say | pass; fail | pass; say | pass, true",
    "fail | pass; say, true",
    "say | fail | pass, true"
  })
  void aFailureInAPipeIsHeardOf(String line, boolean fails) throws Exception {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    CommandSession session = processor.createSession(InputStream.nullInputStream(), out, out);
    PipeFailures failures = PipeFailures.in(session);

    session.execute(line);

    assertThat(failures.any()).isEqualTo(fails);
    session.close();
    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(text.contains("it fails")).as(text).isEqualTo(fails);
    assertThat(text).doesNotContain("\tat ");
  }
}
