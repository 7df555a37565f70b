package io.agents.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH measure everything, each figure in a virtual machine of its own. */
final class Measuring {

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
    List<Measurement> all = new ArrayList<>();
    try (PrintStream stream = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      OutputFormat everything =
          withProgress(
              OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL), progress);
      for (Options options : runs(mode)) {
        new Runner(options, everything).run().stream().map(Measurement::of).forEach(all::add);
      }
    }
    return all;
  }

  /** What is run one after the other: JMH runs every combination of what it is given at once. */
  private static List<Options> runs(CommandLine.Mode mode) {
    List<Options> runs = new ArrayList<>();
    String[] sizes = texts(mode.sizes());
    runs.add(
        throughput(mode, mode.benchmarks(PointBenchmark.class)).param("agents", sizes).build());
    runs.add(
        throughput(mode, mode.benchmarks(QueryBenchmark.class)).param("agents", sizes).build());
    String services = Implementation.SERVICES.name();
    String[] few =
        texts(mode.sizes().stream().filter(s -> s <= Implementation.SERVICES.most()).toList());
    for (Class<?> type : List.of(PointBenchmark.class, QueryBenchmark.class)) {
      runs.add(
          throughput(mode, mode.benchmarks(type))
              .param("implementation", services)
              .param("agents", few)
              .build());
    }
    runs.add(shots(mode, mode.benchmarks(OwnerBenchmark.class)).param("agents", sizes).build());
    runs.add(shots(mode, mode.benchmarks(LoadBenchmark.class)).param("agents", sizes).build());
    runs.add(shots(mode, mode.benchmarks(StopBenchmark.class)).build());
    return runs;
  }

  private static String[] texts(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).toArray(String[]::new);
  }

  private static ChainedOptionsBuilder throughput(CommandLine.Mode mode, String benchmarks) {
    TimeValue iteration = TimeValue.milliseconds(mode.iterationMillis);
    return common(mode, benchmarks)
        .warmupIterations(mode.warmups)
        .warmupTime(iteration)
        .measurementIterations(mode.iterations)
        .measurementTime(iteration)
        .addProfiler(GCProfiler.class);
  }

  /** Each iteration does the operation once. */
  private static ChainedOptionsBuilder shots(CommandLine.Mode mode, String benchmarks) {
    return common(mode, benchmarks).warmupIterations(mode.shots).measurementIterations(mode.shots);
  }

  private static ChainedOptionsBuilder common(CommandLine.Mode mode, String benchmarks) {
    return new OptionsBuilder()
        .include(benchmarks)
        .forks(mode.forks)
        .jvmArgs("-Xms" + mode.heap, "-Xmx" + mode.heap)
        .shouldFailOnError(true);
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
