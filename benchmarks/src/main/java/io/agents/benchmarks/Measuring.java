package io.agents.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH measure everything, each figure in a virtual machine of its own. */
final class Measuring {

  private static final int WARMUPS = 3;
  private static final int ITERATIONS = 5;

  private Measuring() {}

  /**
   * Measures.
   *
   * @param mode how much
   * @param log is given what JMH prints
   * @param progress is given a line for each figure
   * @return all figures, in the order in which they were measured
   * @throws RunnerException if a benchmark fails
   * @throws IOException if the log cannot be written
   */
  static List<Measurement> measure(CommandLine.Mode mode, Path log, PrintStream progress)
      throws RunnerException, IOException {
    TimeValue iteration = TimeValue.milliseconds(mode.iterationMillis);
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(PointBenchmark.class.getName() + "\\.")
        .include(QueryBenchmark.class.getName() + "\\.")
        .param("agents", mode.sizes().stream().map(String::valueOf).toArray(String[]::new))
        .forks(mode.forks)
        .warmupIterations(WARMUPS)
        .warmupTime(iteration)
        .measurementIterations(ITERATIONS)
        .measurementTime(iteration)
        .jvmArgs("-Xms" + mode.heap, "-Xmx" + mode.heap)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true);
    try (PrintStream stream = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      OutputFormat all = OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL);
      return new Runner(options.build(), withProgress(all, progress))
          .run().stream().map(Measurement::of).toList();
    }
  }

  /** JMH's own format, which tells a reader of the terminal too little or too much. */
  private static OutputFormat withProgress(OutputFormat format, PrintStream progress) {
    long begin = System.nanoTime();
    return (OutputFormat)
        Proxy.newProxyInstance(
            Measuring.class.getClassLoader(),
            new Class<?>[] {OutputFormat.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("endBenchmark")
                  && arguments[0] instanceof BenchmarkResult result) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
                progress.println(
                    line(
                        seconds,
                        Measurement.of(new RunResult(result.getParams(), List.of(result)))));
              }
              try {
                return method.invoke(format, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static String line(long seconds, Measurement measurement) {
    return String.format(
        Locale.ROOT,
        "%3d:%02d  %-21s  %,9d agents  %d thread%s  %-15s  %,14.0f op/s",
        seconds / 60,
        seconds % 60,
        measurement.operation(),
        measurement.agents(),
        measurement.threads(),
        measurement.threads() == 1 ? " " : "s",
        measurement.implementation().title(),
        measurement.perSecond());
  }
}
