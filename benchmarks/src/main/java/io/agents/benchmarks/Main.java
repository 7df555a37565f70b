package io.agents.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.osgi.framework.BundleException;

/** The command: compares answers, measures, prints ratios. */
public final class Main {

  private static final String LOG_PROPERTY = "benchmark.log";

  private Main() {}

  /**
   * Runs. Ends the virtual machine with 0, or with 1 if something fails or an answer is wrong.
   *
   * @param arguments as {@code ./benchmark --help} tells
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    CommandLine command;
    try {
      command = CommandLine.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("benchmark: " + e.getMessage());
      return 1;
    }
    long begin = System.nanoTime();
    Path log = Path.of(System.getProperty(LOG_PROPERTY, "benchmark.log"));
    try {
      checkAnswers(command.mode(), err);
      List<RunResult> runs = Measuring.measure(command.mode(), log, err);
      List<Measurement> measurements =
          Measurement.of(runs.stream().filter(run -> !FlagFigures.isOne(run)).toList());
      List<HotSwap.Result> swaps =
          each(command.mode(), HotSwap::measure, "swapped under load", err);
      List<WatchingCost.Result> watching =
          each(
              command.mode(),
              agents -> WatchingCost.measure(agents, command.mode()),
              "measured what watching costs",
              err);
      Map<Integer, Map<Implementation, Double>> bytes = bytes(command.mode(), err);
      List<BudgetLine> budget = new Budget(measurements, swaps, bytes).lines();
      Report.print(measurements, swaps, bytes, budget, out);
      Report.section(out, "What watching costs a lookup, in turns", WatchingCost.table(watching));
      Report.section(out, "Flags, evaluated for one of 1,000 users", FlagFigures.table(runs));
      if (command.json().isPresent()) {
        JsonReport.write(budget, runs, command.json().get());
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
      out.printf(Locale.ROOT, "%nIt took %d:%02d.%n", seconds / 60, seconds % 60);
      return 0;
    } catch (WrongAnswerException e) {
      err.println("benchmark: wrong answer: " + e.getMessage());
    } catch (RunnerException e) {
      err.println("benchmark: " + e.getMessage() + "; what JMH says is in " + log);
    } catch (BundleException | IOException e) {
      err.println("benchmark: " + e);
    }
    return 1;
  }

  private static void checkAnswers(CommandLine.Mode mode, PrintStream err)
      throws BundleException, IOException {
    System.setProperty(Implementation.ORDERED, "true");
    AnswerCheck.all(new AgentData(mode.sizes().get(0)));
    System.clearProperty(Implementation.ORDERED);
    for (int agents : mode.sizes()) {
      int questions = AnswerCheck.all(new AgentData(agents));
      err.printf(
          Locale.ROOT,
          "%,d agents: all implementations give the same %,d answers%n",
          agents,
          questions);
    }
  }

  /** What is measured outside of JMH, with one number of agents. */
  private interface OneSize<R> {
    R with(int agents) throws BundleException, IOException;
  }

  /** Measures with each number of agents, and says so. */
  private static <R> List<R> each(
      CommandLine.Mode mode, OneSize<R> measuring, String done, PrintStream err)
      throws BundleException, IOException {
    List<R> results = new ArrayList<>();
    for (int agents : mode.sizes()) {
      results.add(measuring.with(agents));
      err.printf(Locale.ROOT, "%,d agents: %s%n", agents, done);
    }
    return results;
  }

  private static Map<Integer, Map<Implementation, Double>> bytes(
      CommandLine.Mode mode, PrintStream err) throws IOException {
    Map<Integer, Map<Implementation, Double>> all = new TreeMap<>();
    for (int agents : mode.sizes()) {
      Map<Implementation, Double> bytes = new EnumMap<>(Implementation.class);
      for (Implementation implementation : Implementation.values()) {
        if (mode.measuresMemoryOf(implementation) && agents <= implementation.most()) {
          bytes.put(implementation, MemoryUse.bytesPerAgent(implementation, agents, mode.heap));
        }
      }
      all.put(agents, bytes);
      err.printf(Locale.ROOT, "%,d agents: measured the memory%n", agents);
    }
    return all;
  }
}
