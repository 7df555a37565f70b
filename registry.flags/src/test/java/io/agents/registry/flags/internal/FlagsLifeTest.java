package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** What the flags log, whom they tell, and what they leave behind: F1.3, F1.7 to F1.10. */
class FlagsLifeTest {

  private static final String FLAG = FeatureFlags.USE_ETS;
  private static final String PID = FeatureFlags.PID;

  @TempDir Path data;

  private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(System.nanoTime());
  private FlagsComponent flags;

  @BeforeEach
  void start() {
    flags = start(Map.of());
  }

  @AfterEach
  void stop() {
    flags.deactivate();
    admin.close();
  }

  private FlagsComponent start(Map<String, Object> properties) {
    return new FlagsComponent(
        Contexts.listeningTo(admin, true, data), admin, node("node-1"), properties);
  }

  private static NodeConfiguration node(String name) {
    NodeConfiguration node = mock(NodeConfiguration.class);
    when(node.node_name()).thenReturn(name);
    when(node.flag_source()).thenReturn("");
    return node;
  }

  @Test // F1.5
  void aShareTellsWhoIsIn() {
    flags.setPercentage(FLAG, 50, "half");
    int in = 0;
    for (int i = 0; i < 100; i++) {
      boolean enabled = flags.isEnabled(FLAG, "node-" + i);
      assertThat(enabled).isEqualTo(FlagValue.percentage(50).includes(FLAG, "node-" + i));
      in += enabled ? 1 : 0;
    }
    assertThat(in).isBetween(20, 80);
  }

  @Test
  void aReasonMayBeAsLongAsItIsAllowedToBe() {
    String longest = "r".repeat(FeatureFlags.MAX_REASON_LENGTH);
    assertThat(flags.enable(FLAG, longest).reason()).isEqualTo(longest);
    assertThatThrownBy(() -> flags.disable(FLAG, longest + "r"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1001 characters; at most 1000");
    assertThat(flags.isEnabled(FLAG)).isTrue();
  }

  @Test // F1.8
  void unknownKeysOfTheNodeAreLogged() throws Exception {
    Map<String, Object> properties =
        Map.of("node.name", "n", "definition.target", "(a=b)", "service.pid", "x", "nodename", "n");
    String first =
        Logged.during(
            () -> {
              flags.deactivate();
              flags = start(properties);
              return null;
            });
    assertThat(first)
        .contains("unknown key 'nodename'; ignored; allowed is node.name, flag.source")
        .doesNotContain("definition.target", "service.pid", "'node.name'");
    String again =
        Logged.during(
            () -> {
              flags.modified(node("other"), Map.of("node-name", "n"));
              return null;
            });
    assertThat(again).contains("unknown key 'node-name'");
    assertThat(flags.nodeName()).isEqualTo("other");
  }

  @Test // F1.7
  void aValueThatIsNoneIsLoggedOnce() throws Exception {
    String log =
        Logged.during(
            () -> {
              admin.put(PID, Map.of(FLAG, "maybe"));
              admin.put(PID, Map.of(FLAG, "maybe", "other", 1));
              return null;
            });
    assertThat(log)
        .containsOnlyOnce("'maybe' is no value of a flag")
        .contains("the flag stays off");
  }

  @Test
  void whoFollowsIsToldUntilItEnds() throws IOException {
    AtomicInteger told = new AtomicInteger();
    Runnable end = flags.onChange(told::incrementAndGet);
    flags.enable(FLAG, "");
    assertThat(told).as("after a change").hasValue(1);
    ServiceReference<FlagDefinition> reference = reference(1);
    flags.define(reference, FlagDefinition.of("other", "a flag", FlagValue.OFF));
    assertThat(told).as("after a definition").hasValue(2);
    flags.undefine(reference);
    assertThat(told).hasValue(3);
    end.run();
    flags.disable(FLAG, "");
    assertThat(told).as("after its end").hasValue(3);
  }

  @Test
  void afterTheEndNobodyIsTold() throws IOException {
    AtomicInteger told = new AtomicInteger();
    flags.onChange(told::incrementAndGet);
    flags.deactivate();
    admin.put(PID, Map.of(FLAG, true));
    assertThat(told).hasValue(0);
    flags.define(reference(1), FlagDefinition.of("other", "a flag", FlagValue.OFF));
    assertThat(told).as("after a late definition").hasValue(0);
  }

  @Test // F1.3, F1.10
  void aCallThatChangedNothingIsNotToBlameForLaterChanges() throws IOException {
    admin.put(PID, Map.of(FLAG, true));
    flags.enable(FLAG, "once more");
    admin.put(PID, Map.of(FLAG, false));
    admin.put(PID, Map.of(FLAG, true));
    assertThat(flags.history())
        .extracting(FlagChange::source)
        .containsOnly(FlagChange.Source.CONFIGURATION)
        .hasSize(3);
  }

  @Test // F1.9
  void aDefinitionThatIsRankedAnewMayTakeOver() {
    ServiceReference<FlagDefinition> first = reference(2);
    ServiceReference<FlagDefinition> second = reference(1);
    flags.define(first, FlagDefinition.of("other", "first", FlagValue.OFF));
    flags.define(second, FlagDefinition.of("other", "second", FlagValue.ON));
    assertThat(flags.state("other").description()).isEqualTo("first");
    when(first.compareTo(second)).thenReturn(-1);
    when(second.compareTo(first)).thenReturn(1);
    flags.rerank(first);
    assertThat(flags.state("other").description()).isEqualTo("second");
    assertThat(flags.history())
        .last()
        .extracting(FlagChange::source)
        .isEqualTo(FlagChange.Source.DEFINITION);
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<FlagDefinition> reference(int order) {
    ServiceReference<FlagDefinition> reference = mock(ServiceReference.class);
    when(reference.compareTo(any())).thenReturn(order == 1 ? -1 : 1);
    return reference;
  }

  @Test
  void aConfigurationThatCannotBeReadAtTheStartLeavesNothingOpen() {
    ServiceRegistration<?> registration = mock(ServiceRegistration.class);
    BundleContext context = mock(BundleContext.class);
    when(context.registerService(
            eq(SynchronousConfigurationListener.class),
            any(SynchronousConfigurationListener.class),
            isNull()))
        .thenAnswer(call -> registration);
    when(context.registerService(
            eq(ConfigurationListener.class), any(ConfigurationListener.class), isNull()))
        .thenAnswer(call -> registration);
    admin.fail(new IOException("on purpose"));
    assertThatThrownBy(() -> new FlagsComponent(context, admin, node("n"), Map.of()))
        .isInstanceOf(UncheckedIOException.class);
    verify(registration, times(2)).unregister();
    admin.fail(null);
  }
}
