package io.agents.reliability;

import io.agents.registry.testkit.reliability.ClassPath;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(target, folder, corpus))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      Duration limit = TIME.plus(Duration.ofMinutes(3));
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(
            "Jazzer hangs: not done after %s\n%s".formatted(limit, Files.readString(output)));
      }
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    return new Jazzer(
        process.exitValue(),
        number(EXECUTED, text),
        number(COVERED, text),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
        text);
  }

  private static List<String> command(Class<?> target, Path folder, Path corpus) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("registry."))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-cp"));
    command.add(ClassPath.ofTests());
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=io.agents.registry.**");
    command.add("--custom_hook_includes=none.**");
    command.add("-max_total_time=" + TIME.toSeconds());
    command.add("-seed=" + (Seeds.next("Jazzer, " + target.getSimpleName()) >>> 33));
    command.add("-max_len=4000");
    command.add("-timeout=60");
    command.add("-rss_limit_mb=0");
    command.add("-print_final_stats=1");
    command.add("-artifact_prefix=" + folder + "/");
    // Otherwise it leaves them in the folder of the module.
    command.add("--reproducer_path=" + folder);
    command.add(corpus.toString());
    return command;
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
