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
   * @return all that JMH has measured, in that order
   * @throws RunnerException if a benchmark fails
   * @throws IOException if the log cannot be written
   */
  static List<RunResult> measure(CommandLine.Mode mode, Path log, PrintStream progress)
      throws RunnerException, IOException {
    List<RunResult> all = new ArrayList<>();
    try (PrintStream stream = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      OutputFormat everything =
          withProgress(
              OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL), progress);
      for (Plan.Fork fork : Plan.of(mode)) {
        all.addAll(new Runner(options(mode, fork), everything).run());
      }
      all.addAll(new Runner(flags(mode), everything).run());
    }
    return all;
  }

  private static Options options(CommandLine.Mode mode, Plan.Fork fork) {
    Plan.Step step = fork.step();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(step.type().getName().replace(".", "\\.") + "\\." + step.method() + "$")
            .param("implementation", fork.side().name())
            .param("agents", String.valueOf(fork.agents()))
            .forks(1)
            .jvmArgs(mode.machineOptions().toArray(String[]::new))
            .jvmArgsAppend("-D" + Implementation.ORDERED + "=" + step.ordered())
            .shouldFailOnError(true);
    if (step.shots() > 0) {
      return options.warmupIterations(step.warmups()).measurementIterations(step.shots()).build();
    }
    return counted(mode, step.warmups(), options);
  }

  private static Options flags(CommandLine.Mode mode) {
    return counted(
        mode,
        mode.warmups,
        new OptionsBuilder()
            .include(FlagBenchmark.class.getName().replace(".", "\\.") + "\\.")
            .forks(1)
            .shouldFailOnError(true));
  }

  private static Options counted(
      CommandLine.Mode mode, int warmups, ChainedOptionsBuilder options) {
    TimeValue iteration = TimeValue.milliseconds(mode.iterationMillis);
    return options
        .warmupIterations(warmups)
        .warmupTime(iteration)
        .measurementIterations(mode.iterations)
        .measurementTime(iteration)
        .addProfiler(GCProfiler.class)
        .build();
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
                RunResult run = new RunResult(result.getParams(), List.of(result));
                progress.println(line(seconds, run));
              }
              try {
                return method.invoke(format, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static String line(long seconds, RunResult run) {
    if (FlagFigures.isOne(run)) {
      return String.format(
          Locale.ROOT, "%3d:%02d  %s", seconds / 60, seconds % 60, FlagFigures.line(run));
    }
    Measurement measurement = Measurement.of(List.of(run)).get(0);
    return String.format(
        Locale.ROOT,
        "%3d:%02d  %-25s  %,9d agents  %d thread%s  %-15s  %,14.0f op/s",
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
