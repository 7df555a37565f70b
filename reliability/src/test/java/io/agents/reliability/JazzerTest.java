package io.agents.reliability;

import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R6, S1, F1: inputs that are bred for new ways through the code break no promise either. */
@DisplayName("R6, S1, F1 Inputs that Jazzer makes")
class JazzerTest {

  private static final int SEEDS = 300;

  private static final List<String> CONFIGURATIONS =
      List.of(
          "son",
          "soff",
          "sTRUE ",
          "s25",
          "s12.5%",
          "s12.500%",
          "s12.505%",
          "s0.01 %",
          "s150%",
          "s-1",
          "sNaN",
          "s1e1",
          "d",
          "f",
          "i",
          "l",
          "b2",
          "aon,off",
          "puse_ets_agent_registry = 25%\nother=\\u20ac\n",
          "puse_ets_agent_registry:on",
          "p# nothing",
          "puse_ets_agent_registry=\\\n 7");

  /** A command and its arguments. */
  private static final List<List<String>> LINES =
      List.of(
          List.of("registry:list", "(node=x)"),
          List.of("registry:list --json", "--limit", "3"),
          List.of("registry:list --limit", "0"),
          List.of("registry:update", "agent", "node=y"),
          List.of("registry:update", "agent", "node={\"a\":[1,true]}"),
          List.of("registry:update", "agent", "a=\"\\u20ac\\n\""),
          List.of("registry:update", "agent", "a=\"\\u20ac"),
          List.of("registry:update", "agent", "a=\"\\u20"),
          List.of("flags:set use_ets_agent_registry", "12.5%"));

  @Test
  @DisplayName("filters are refused in words or answered rightly")
  void filters() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    NastyText texts = new NastyText(new Random(Seeds.next("seeds of filters")));
    Stream.generate(texts::next).limit(SEEDS).map(JazzerTest::bytes).forEach(seeds::add);
    seeds.add(bytes("(!".repeat(500) + "(node=x)" + ")".repeat(500)));
    run(FilterTarget.class, seeds);
  }

  @Test
  @DisplayName("commands are answered, or refused in a line")
  void commands() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    Random random = new Random(Seeds.next("seeds of commands"));
    NastyText texts = new NastyText(random);
    for (int i = 0; i < SEEDS; i++) {
      String arguments =
          random.nextBoolean() ? texts.next() : texts.next() + "\0" + texts.garbage(3);
      byte[] seed = bytes(" " + arguments);
      seed[0] = (byte) i;
      seeds.add(seed);
    }
    LINES.forEach(line -> seeds.add(line(line)));
    run(ShellTarget.class, seeds);
  }

  @Test
  @DisplayName("configurations leave the flag what was last right")
  void configurations() throws Exception {
    run(ConfigurationTarget.class, CONFIGURATIONS.stream().map(JazzerTest::bytes).toList());
  }

  private static void run(Class<?> target, List<byte[]> seeds) throws Exception {
    Jazzer jazzer = Jazzer.run(target, seeds);
    jazzer.requireNothingFound();
    Figures.report(
        "Jazzer, " + target.getSimpleName(),
        "%d inputs in %d s, %d branches of the registry reached, nothing found"
            .formatted(jazzer.executed(), jazzer.seconds(), jazzer.edges()));
  }

  /** As {@link ShellTarget} reads it. */
  private static byte[] line(List<String> line) {
    byte[] seed = bytes(" " + String.join("\0", line.subList(1, line.size())));
    seed[0] = ShellCheck.numberOf(line.get(0));
    return seed;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
