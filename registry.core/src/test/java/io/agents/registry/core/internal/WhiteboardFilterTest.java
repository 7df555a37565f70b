package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Filter;

/** Which services a configuration makes agents: R9.12, R9.17, R13.6. */
class WhiteboardFilterTest {

  private final WhiteboardFilter reader = new WhiteboardFilter();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setErr(before);
  }

  private Filter read(Object value) {
    return reader.read(Map.of(WhiteboardFilter.KEY, value));
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test // R9.12
  void withoutAFilterThereIsNone() {
    assertThat(reader.read(Map.of())).isNull();
    assertThat(read("(objectClass=*)")).isNotNull();
    assertThat(read("  ")).isNull();
    assertThat(read(" (objectClass=*) ")).hasToString("(objectClass=*)");
    assertThat(reader.read(Map.of())).isNull();
    assertThat(logged()).isEmpty();
  }

  @ParameterizedTest // R9.17
  @ValueSource(strings = {"(objectClass=", "objectClass=*", "(a<5)", "*", "(&)", "(a=b)(c=d)"})
  void aFilterThatDoesNotParseIsLoggedOnceAndTheLastOneStays(String wrong) {
    Filter good = read("(a=1)");
    assertThat(read(wrong)).isSameAs(good);
    assertThat(read(wrong)).isSameAs(good);
    assertThat(logged().lines())
        .hasSize(1)
        .allMatch(line -> line.contains("io.agents.registry.core: whiteboard.filter is '" + wrong))
        .allMatch(line -> line.contains("(a=1) stays in force"));
    assertThat(read("(a=2)")).hasToString("(a=2)");
    assertThat(read(wrong)).hasToString("(a=2)");
    assertThat(logged().lines()).as("once more, after a good one").hasSize(2);
  }

  @Test // R9.17
  void aValueThatIsNoTextIsRefusedToo() {
    assertThat(read(7)).isNull();
    assertThat(read(new String[] {"(a=1)"})).isNull();
    assertThat(read(new String[] {"(a=1)"})).isNull();
    assertThat(logged().lines()).hasSize(2);
    assertThat(logged()).contains("java.lang.Integer", "allowed is a filter", "no filter stays");
  }

  @Test // R9.17
  void depthAndLengthOverflowNothing() {
    assertThat(read("(!".repeat(100_000) + "(a=1)" + ")".repeat(100_000))).isNull();
    assertThat(read("(a=" + "x".repeat(1_000_000) + ")")).isNull();
    assertThat(logged().lines()).hasSize(2).allMatch(line -> line.length() < 1_000);
  }
}
