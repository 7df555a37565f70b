package io.agents.reliability;

import io.agents.registry.testkit.reliability.ClassPath;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.JavaProcess;
import io.agents.registry.testkit.reliability.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of Jazzer, in a process of its own: it changes inputs so that they reach code of ours
 * that no input has reached before.
 *
 * @param exitCode 0 if nothing was found
 * @param executed how many inputs were tried
 * @param edges how many branches of our code they have reached
 * @param seconds how long it ran
 * @param output everything that it printed
 */
record Jazzer(int exitCode, long executed, long edges, long seconds, String output) {

  private static final Duration TIME = Effort.time(Duration.ofSeconds(15), Duration.ofMinutes(5));
  private static final Pattern EXECUTED = Pattern.compile("number_of_executed_units: (\\d+)");
  private static final Pattern COVERED = Pattern.compile("DONE\\s+cov: (\\d+)");
  private static final int SHOWN = 8_000;

  /**
   * Runs a target.
   *
   * @param target the class that Jazzer calls
   * @param seeds what it starts from
   */
  static Jazzer run(Class<?> target, List<byte[]> seeds) throws IOException, InterruptedException {
    Path folder = Path.of("target", "jazzer", target.getSimpleName()).toAbsolutePath();
    Path corpus = Files.createTempDirectory(Files.createDirectories(folder), "corpus");
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Path output = corpus.resolveSibling(corpus.getFileName() + ".txt");
    JavaProcess process =
        JavaProcess.run(
                arguments(target, folder, corpus),
                Path.of(""),
                output,
                TIME.plus(Duration.ofMinutes(10)))
            .requireEnd("Jazzer");
    String text = process.output();
    return new Jazzer(
        process.exitCode().orElseThrow(),
        number(EXECUTED, text),
        number(COVERED, text),
        process.time().toSeconds(),
        text);
  }

  private static List<String> arguments(Class<?> target, Path folder, Path corpus) {
    List<String> arguments = new ArrayList<>(JavaProcess.propertiesOfChecks());
    arguments.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-cp"));
    arguments.add(ClassPath.ofTests());
    arguments.add("com.code_intelligence.jazzer.Jazzer");
    arguments.add("--target_class=" + target.getName());
    arguments.add("--instrumentation_includes=io.agents.registry.**");
    arguments.add("--custom_hook_includes=none.**");
    arguments.add("-max_total_time=" + TIME.toSeconds());
    arguments.add("-seed=" + (Seeds.next("Jazzer, " + target.getSimpleName()) >>> 33));
    arguments.add("-max_len=4000");
    arguments.add("-timeout=60");
    arguments.add("-rss_limit_mb=0");
    arguments.add("-print_final_stats=1");
    arguments.add("-artifact_prefix=" + folder + "/");
    // Otherwise it leaves them in the folder of the module.
    arguments.add("--reproducer_path=" + folder);
    arguments.add(corpus.toString());
    return arguments;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Throws if an input was found that breaks a promise, or none was tried. */
  void requireNothingFound() {
    if (exitCode != 0 || executed == 0 || edges == 0) {
      throw new AssertionError(
          "Jazzer ended with %d after %d inputs that reached %d branches%n%s"
              .formatted(
                  exitCode,
                  executed,
                  edges,
                  output.substring(Math.max(0, output.length() - SHOWN))));
    }
  }
}
