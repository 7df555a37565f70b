package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * F1, R13: whatever a configuration says, the flags and limits are what it says where it is right,
 * and what they were last where it is wrong.
 */
@DisplayName("R13.6 A configuration that may be wrong")
class ConfigurationFuzzTest {

  private static final String FLAGS_FILE =
      """
      # The flags of this node
      use_ets_agent_registry = 25%
      unknown_flag = on
      another.key = \\u00fc
      """;

  /** The percentages that one flipped bit makes of the file; {@code 025%} is one of them. */
  private static final String SMALL_PERCENTAGE = "0?[0-9]{1,2}%?";

  private static final String CORE_FILE =
      """
      id.max.length = 128
      metadata.max.depth = 4
      agents.max = 1000
      """;

  /** A value, and what it says: buckets of a flag, a length of ids; or that it is refused. */
  private record Value(Object value, int means) {}

  /** News are on their way for no longer than this. */
  private static final Duration NEWS = Duration.ofSeconds(10);

  /** About one in 15,000 is lost. */
  private static final int MOST_LOST = 3;

  private static final int REFUSED = -1;
  private static final int ABSENT = -2;
  private static final int DEFAULT_LENGTH = AgentRegistry.DEFAULT_MAX_ID_LENGTH;

  private static final List<Value> FLAG_VALUES =
      List.of(
          new Value(true, 10_000),
          new Value(false, 0),
          new Value("on", 10_000),
          new Value(" OFF ", 0),
          new Value("True", 10_000),
          new Value("25", 2_500),
          new Value("12.5%", 1_250),
          new Value("0.01", 1),
          new Value(50, 5_000),
          new Value(99L, 9_900),
          new Value(1, 100),
          new Value(12.1f, 1_210),
          new Value(100.0, 10_000),
          new Value((byte) 7, 700),
          new Value((short) 0, 0),
          new Value(-1, REFUSED),
          new Value(150, REFUSED),
          new Value(Long.MIN_VALUE, REFUSED),
          new Value(Integer.MAX_VALUE, REFUSED),
          new Value(Double.NaN, REFUSED),
          new Value(Double.POSITIVE_INFINITY, REFUSED),
          new Value(-0.001, REFUSED),
          new Value(0.005f, REFUSED),
          new Value("", REFUSED),
          new Value("null", REFUSED),
          new Value("NaN", REFUSED),
          new Value("-1", REFUSED),
          new Value("150%", REFUSED),
          new Value("1e1", REFUSED),
          new Value("25%%", REFUSED),
          new Value("0x10", REFUSED),
          new Value("\u0000", REFUSED),
          new Value("9".repeat(100_000), REFUSED),
          new Value('1', REFUSED),
          new Value(new String[] {"on"}, REFUSED),
          new Value(new int[] {1, 2}, REFUSED),
          new Value(List.of("on", "off"), REFUSED));

  private static final List<Value> LENGTHS =
      List.of(
          new Value(10, 10),
          new Value("17", 17),
          new Value(" 20 ", 20),
          new Value(33L, 33),
          new Value((short) 40, 40),
          new Value(0, REFUSED),
          new Value(-1, REFUSED),
          new Value(65_537, REFUSED),
          new Value(Long.MAX_VALUE, REFUSED),
          new Value(10.0, REFUSED),
          new Value(Double.NaN, REFUSED),
          new Value("ten", REFUSED),
          new Value("", REFUSED),
          new Value("99999999999999999999", REFUSED),
          new Value(true, REFUSED),
          new Value('9', REFUSED),
          new Value(new String[] {"10"}, REFUSED),
          new Value(List.of(10), REFUSED));

  private final Random random = new Random(Seeds.next("configurations"));

  /** What the flag and the limit have to be. */
  private int share;

  private int length = DEFAULT_LENGTH;

  private AgentRegistry registry;
  private ServiceReference<?> service;
  private int written;

  /** How often the news of a write were lost. */
  private int writtenAgain;

  @Test
  @DisplayName("of the flags leaves what is right in force")
  void ofTheFlags(@TempDir Path files) throws Exception {
    int rounds = Effort.rounds(8_000, 40_000);
    try (RegistryFramework felix = start()) {
      Deadline.within(
          Duration.ofMinutes(15),
          "configuring",
          () -> {
            for (int i = 0; i < rounds; i++) {
              if (random.nextInt(6) == 0) {
                configureEts(felix);
              } else {
                configureFlags(felix);
              }
              checkFlag(felix);
            }
          });
      Deadline.within(Duration.ofMinutes(5), "files", () -> flagFiles(felix, files));
      felix.configure(FeatureFlags.PID, FeatureFlags.USE_ETS, "on");
      clearHold(felix);
      felix.awaitImplementation(RegistryBackend.ETS);
      finish(felix, "flags and indexes", rounds);
    }
  }

  @Test
  @DisplayName("of the registry leaves what is right in force")
  void ofTheRegistry(@TempDir Path files) throws Exception {
    int rounds = Effort.rounds(2_000, 10_000);
    try (RegistryFramework felix = start()) {
      // They write the target filter into the same configuration, and two writers of one
      // configuration may overwrite each other: ConfigurationAdmin can't compare and set.
      felix.bundle("registry.flags").stop();
      Deadline.within(
          Duration.ofMinutes(15),
          "configuring",
          () -> {
            for (int i = 0; i < rounds; i++) {
              configureCore(felix);
            }
          });
      Deadline.within(Duration.ofMinutes(5), "files", () -> coreFiles(felix, files));
      assertThat(writtenAgain).as("writes whose news were lost").isLessThanOrEqualTo(MOST_LOST);
      finish(felix, "limits", rounds);
    }
  }

  /**
   * The guard may have taken a busy machine for a slow implementation; that is not the matter here.
   */
  private static void clearHold(RegistryFramework felix) {
    Rollout rollout = felix.service(Rollout.class);
    rollout
        .status()
        .hold()
        .ifPresent(
            hold -> {
              Figures.report("configurations of flags", "the guard held promotion: " + hold);
              rollout.clear("a busy machine");
            });
  }

  private RegistryFramework start() throws Exception {
    RegistryFramework felix = RegistryFramework.startWith(List.of("org.apache.felix.fileinstall"));
    Bundle owner = felix.owners().newBundle();
    registry = felix.registry(owner);
    service = felix.owners().newService(owner);
    registry.register("a", service, Map.of("capability", "x"));
    return felix;
  }

  private void finish(RegistryFramework felix, String what, int rounds) {
    assertThat(registry.lookup("a")).as("the agent that was there all the time").isPresent();
    assertThat(felix.problems().without("io.agents.registry", "fileinstall"))
        .as("what was logged by others")
        .isEmpty();
    Figures.report(
        "configurations of " + what,
        "%d by call, %d by file, cut at each byte, broken or binary".formatted(rounds, written));
  }

  private void configureFlags(RegistryFramework felix) throws Exception {
    Map<String, Object> properties = noise();
    int means = put(properties, FeatureFlags.USE_ETS, FLAG_VALUES);
    update(felix, FeatureFlags.PID, properties);
    share = means == ABSENT ? 0 : means == REFUSED ? share : means;
  }

  private void configureCore(RegistryFramework felix) throws Exception {
    Map<String, Object> properties = noise();
    int means = put(properties, "id.max.length", LENGTHS);
    update(felix, RegistryFramework.CORE_PID, properties);
    length = means == ABSENT ? DEFAULT_LENGTH : means == REFUSED ? length : means;
    // Declarative Services tell the component on a thread of ConfigurationAdmin. Where a write
    // changes nothing that is waited for, the next one may fall into their reading, and its news
    // are lost: see LostUpdateTest. Only another write ends that.
    try {
      awaitLength(properties, NEWS);
    } catch (AssertionError e) {
      writtenAgain++;
      update(felix, RegistryFramework.CORE_PID, properties);
      awaitLength(properties, RegistryFramework.PATIENCE);
    }
  }

  private void awaitLength(Map<String, Object> properties, Duration time) {
    RegistryFramework.await(() -> "the longest id to be " + length + " with " + properties)
        .atMost(time)
        .until(() -> accepts(length) && !accepts(length + 1));
  }

  private void configureEts(RegistryFramework felix) throws Exception {
    Map<String, Object> properties = noise();
    properties.put(
        "indexed.attributes",
        pick(
            List.of(
                "capability", "", ",,,", "a.b,capability", -1, "x ".repeat(10_000), List.of())));
    update(felix, "io.agents.registry.ets", properties);
    assertThat(registry.findByAttribute("capability", "x")).as("%s", properties).hasSize(1);
  }

  private Object pick(List<Object> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Returns what was put, in the terms of the table. */
  private int put(Map<String, Object> properties, String key, List<Value> values) {
    if (random.nextInt(10) == 0) {
      return ABSENT;
    }
    Value value = values.get(random.nextInt(values.size()));
    properties.put(key, value.value());
    return value.means();
  }

  /** Keys that nobody knows. */
  private Map<String, Object> noise() {
    Map<String, Object> properties = new HashMap<>();
    NastyText texts = new NastyText(random);
    for (int i = random.nextInt(3); i > 0; i--) {
      properties.put("unknown" + random.nextInt(5), texts.garbage(5));
    }
    return properties;
  }

  private static void update(RegistryFramework felix, String pid, Map<String, Object> properties)
      throws Exception {
    felix
        .service(ConfigurationAdmin.class)
        .getConfiguration(pid, "?")
        .update(FrameworkUtil.asDictionary(properties));
  }

  private void checkFlag(RegistryFramework felix) {
    FlagState state = felix.service(FeatureFlags.class).state(FeatureFlags.USE_ETS);
    assertThat(state.value()).isEqualTo(new FlagValue(share));
  }

  private boolean accepts(int idLength) {
    String id = "i".repeat(idLength);
    try {
      registry.register(id, service, Map.of());
      registry.unregister(id);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** As File Install reads them, which is called here as it calls itself. */
  private void flagFiles(RegistryFramework felix, Path folder) throws Exception {
    Path file = folder.resolve(FeatureFlags.PID + ".cfg");
    byte[] whole = FLAGS_FILE.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= whole.length; cut++) {
      install(felix, file, Arrays.copyOf(whole, cut));
      checkWhatWasRead(felix);
    }
    assertThat(share).as("of the whole file").isEqualTo(2_500);
    for (byte[] broken : broken(whole)) {
      install(felix, file, broken);
      checkWhatWasRead(felix);
    }
    install(felix, file, whole);
    checkWhatWasRead(felix);
    assertThat(share).as("of the whole file again").isEqualTo(2_500);
  }

  private void coreFiles(RegistryFramework felix, Path folder) throws Exception {
    Path file = folder.resolve(RegistryFramework.CORE_PID + ".cfg");
    byte[] whole = CORE_FILE.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= whole.length; cut++) {
      install(felix, file, Arrays.copyOf(whole, cut));
    }
    for (byte[] broken : broken(whole)) {
      install(felix, file, broken);
      assertThat(registry.lookup("a")).isPresent();
    }
    install(felix, file, whole);
    RegistryFramework.await(() -> "the limit of the whole file")
        .until(() -> accepts(128) && !accepts(129));
  }

  /** Each bit of the file flipped once, and bytes of any kind. */
  private List<byte[]> broken(byte[] whole) {
    List<byte[]> all = new ArrayList<>();
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      all.add(flipped);
    }
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      all.add(bytes);
    }
    all.add("use_ets_agent_registry = \\u00".getBytes(StandardCharsets.UTF_8));
    all.add("use_ets_agent_registry = ${use_ets_agent_registry}".getBytes(StandardCharsets.UTF_8));
    return all;
  }

  private void install(RegistryFramework felix, Path file, byte[] content) throws Exception {
    Files.write(file, content);
    written++;
    Object installer =
        Stream.of(
                felix
                    .context()
                    .getAllServiceReferences(
                        "org.apache.felix.fileinstall.ArtifactInstaller", null))
            .map(felix.context()::getService)
            .filter(one -> one.getClass().getSimpleName().equals("ConfigInstaller"))
            .findFirst()
            .orElseThrow();
    try {
      installer.getClass().getMethod("update", File.class).invoke(installer, file.toFile());
    } catch (InvocationTargetException e) {
      // It does not read the file, says so, and the configuration stays.
      assertThat(e.getCause()).isNotInstanceOf(Error.class);
    }
  }

  /** What File Install made of the file is in ConfigurationAdmin; from there on it is our part. */
  private void checkWhatWasRead(RegistryFramework felix) throws Exception {
    Configuration configuration =
        felix.service(ConfigurationAdmin.class).getConfiguration(FeatureFlags.PID, "?");
    Object read = configuration.getProperties().get(FeatureFlags.USE_ETS);
    if (read == null) {
      share = 0;
    } else if (read instanceof String text && text.strip().matches(SMALL_PERCENTAGE)) {
      share = 100 * Integer.parseInt(text.strip().replace("%", ""));
    } else {
      assertThatThrownBy(() -> FlagValue.of(read)).isInstanceOf(IllegalArgumentException.class);
    }
    checkFlag(felix);
  }
}
