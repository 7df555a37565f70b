package io.agents.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    Path log = Path.of(System.getProperty(LOG_PROPERTY, "benchmark.log"));
    try {
      checkAnswers(command.mode(), err);
      List<Measurement> measurements = Measuring.measure(command.mode(), log, err);
      print(measurements, out);
      if (command.json().isPresent()) {
        JsonReport.write(measurements, command.json().get());
      }
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
    for (int agents : mode.sizes()) {
      int questions = AnswerCheck.all(new AgentData(agents));
      err.printf(
          Locale.ROOT,
          "%,d agents: all implementations give the same %,d answers%n",
          agents,
          questions);
    }
  }

  private static void print(List<Measurement> measurements, PrintStream out) {
    RatioTable table = new RatioTable(measurements);
    out.printf("%nMultiples of legacy, by operations a second%n%n");
    out.print(table.ratiosTo(Implementation.LEGACY));
    out.printf("%nMultiples of a bare ConcurrentHashMap, by operations a second%n%n");
    out.print(table.ratiosTo(Implementation.MAP));
    out.printf("%nBytes allocated for one operation%n%n");
    out.print(table.bytes());
  }
}
