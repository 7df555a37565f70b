package io.agents.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Evaluations of flags, for one user after the other. {@code ./benchmark} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FlagBenchmark {

  private static final int USERS = 1_000;

  /** Whose flags are measured. */
  @Param public FlagLibrary library;

  private FlagSubject subject;
  private String[] users;

  /**
   * Opens the library.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    subject = library.open();
    users = IntStream.range(0, USERS).mapToObj(i -> "user-" + i).toArray(String[]::new);
  }

  /**
   * Leaves nothing behind.
   *
   * @throws Exception if that fails
   */
  @TearDown
  public void close() throws Exception {
    subject.close();
  }

  /**
   * Evaluates a flag that is on.
   *
   * @param cursor says for whom
   * @return whether it is on
   */
  @Benchmark
  public boolean flagOn(Cursor cursor) {
    return subject.isOn(users[cursor.next(users.length)]);
  }

  /**
   * Evaluates a flag that is on for a quarter of the users.
   *
   * @param cursor says for whom
   * @return whether it is on
   */
  @Benchmark
  public boolean flagShare(Cursor cursor) {
    return subject.isOnForShare(users[cursor.next(users.length)]);
  }
}
