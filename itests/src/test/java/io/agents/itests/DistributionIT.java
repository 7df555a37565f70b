package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * The distribution as an operator uses it: its own start script, no terminal, standard input
 * closed.
 */
public class DistributionIT {

  private static final Path TARGET = Path.of("../distribution/target");
  private static final long SECONDS = 60;

  private record Result(int status, String out, String err) {}

  private Path data;

  @Before
  public void makeFolder() throws IOException {
    data = Files.createTempDirectory("registry-data");
  }

  @After
  public void deleteFolder() throws IOException {
    delete(data);
  }

  @Test
  public void theFlagSwitchesWithEveryAgentStillThere() throws Exception {
    Result before = start("-c", "registry:count");
    assertThat(before).isEqualTo(new Result(0, "8\n", ""));
    Result flipped =
        start("-c", "flags:enable use_ets_agent_registry; registry:status; registry:count");
    assertThat(flipped.status).as(flipped.err).isZero();
    assertThat(flipped.err).isEmpty();
    assertThat(flipped.out)
        .startsWith("use_ets_agent_registry is on (was off)\nthe implementation is ets\n")
        .containsPattern("\nimplementation +ets\n")
        .containsPattern("\nowners monitored +1\n")
        .endsWith("\n8\n");
    // The flag persists, until the next start with --clean.
    assertThat(start("-c", "registry:status").out).containsPattern("implementation +ets\n");
    assertThat(start("--clean", "-c", "registry:status").out)
        .containsPattern("implementation +legacy\n");
  }

  @Test
  public void stoppingABundleRemovesItsAgents() throws Exception {
    Matcher owner =
        Pattern.compile("owner +io.agents.examples.fleet \\[(\\d+)]")
            .matcher(start("-c", "registry:info router-1").out);
    assertThat(owner.find()).isTrue();
    String id = owner.group(1);
    Result result =
        start(
            "-c",
            "flags:enable use_ets_agent_registry; registry:count; stop "
                + id
                + "; registry:count; start "
                + id
                + "; registry:count");
    assertThat(result.status).as(result.err).isZero();
    assertThat(result.out).endsWith("\n8\n0\n8\n");
  }

  @Test
  public void aFailedCommandEndsWithOneLineAndStatus1() throws Exception {
    for (String command :
        List.of(
            "registry:info nobody",
            "registry:count '(a=b'",
            "registry:info",
            "registry:list --limit many",
            "flags:enable nope",
            "flags:set use_ets_agent_registry 150",
            "no:such")) {
      Result result = start("-c", "registry:count; " + command + "; registry:count");
      assertThat(result.status).as(command).isEqualTo(1);
      assertThat(result.out).as(command).isEqualTo("8\n");
      assertThat(result.err.lines()).as(command).hasSize(1);
      assertThat(result.err).as(command).doesNotContain("Exception");
    }
  }

  @Test
  public void wrongArgumentsOfTheScript() throws Exception {
    assertThat(start("--bogus").status).isEqualTo(1);
    assertThat(start("--bogus").err).contains("--bogus").contains("--help");
    assertThat(start("-c").status).isEqualTo(1);
    assertThat(start("--help").out).contains("usage:");
  }

  @Test
  public void aSecondStartOnTheSameFolderIsRefused() throws Exception {
    Process first = process(List.of("-c", "registry:count; sleep 20000"));
    try {
      // Its first line tells that it is up.
      assertThat(first.getInputStream().read()).isEqualTo('8');
      Result second = start("-c", "registry:count");
      assertThat(second.status).isEqualTo(1);
      assertThat(second.out).isEmpty();
      assertThat(second.err).contains("runs already").hasLineCount(1);
    } finally {
      first.destroy();
      assertThat(first.waitFor(SECONDS, TimeUnit.SECONDS)).as("the first one ends").isTrue();
    }
  }

  @Test
  public void theArchiveRunsWhereverItIsUnpacked() throws Exception {
    Path archive;
    try (Stream<Path> files = Files.list(TARGET)) {
      archive = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    Path folder = data.resolve("un packed");
    Files.createDirectories(folder);
    Process tar =
        new ProcessBuilder(
                "tar", "-xzf", archive.toAbsolutePath().toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    try (Stream<Path> unpacked = Files.list(folder)) {
      Path home = unpacked.findFirst().orElseThrow();
      Result result = run(home, Map.of(), List.of("-c", "registry:count"));
      assertThat(result).isEqualTo(new Result(0, "8\n", ""));
      assertThat(home.resolve("data/log/registry.log")).isNotEmptyFile();
    }
  }

  private Result start(String... arguments) throws Exception {
    return run(home(), Map.of("AGENT_REGISTRY_DATA", data.toString()), List.of(arguments));
  }

  private Process process(List<String> arguments) throws IOException {
    return builder(home(), Map.of("AGENT_REGISTRY_DATA", data.toString()), arguments).start();
  }

  private static Result run(Path home, Map<String, String> environment, List<String> arguments)
      throws Exception {
    File out = File.createTempFile("out", ".txt");
    File err = File.createTempFile("err", ".txt");
    Process process =
        builder(home, environment, arguments).redirectOutput(out).redirectError(err).start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", arguments).isTrue();
      return new Result(process.exitValue(), read(out), read(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static ProcessBuilder builder(
      Path home, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/start").toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return builder;
  }

  private static String read(File file) throws IOException {
    String text = Files.readString(file.toPath(), StandardCharsets.UTF_8);
    Files.delete(file.toPath());
    return text;
  }

  private static Path home() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> Files.isExecutable(file.resolve("bin/start")))
          .findFirst()
          .orElseThrow(() -> new AssertionError("there is no distribution in " + TARGET));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
