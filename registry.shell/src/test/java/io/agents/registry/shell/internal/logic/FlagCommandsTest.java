package io.agents.registry.shell.internal.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.UnknownFlagException;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.FakeFlags;
import io.agents.registry.shell.internal.FakeSelection;
import io.agents.registry.shell.internal.text.Format;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Flags that are shown and changed by commands. */
class FlagCommandsTest {

  private static final String ROUTER = "new_router";
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private final FakeFlags flags = new FakeFlags();
  private final FakeSelection selection = new FakeSelection(flags);
  private final FlagReports reports = new FlagReports(flags);
  private final FlagChanges changes = new FlagChanges(flags, Optional.of(selection), PATIENCE);

  @Test
  void listIsATable() {
    flags.setPercentage(ROUTER, 12.5, "");

    assertThat(reports.list(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "FLAG|VALUE|HERE|SET BY|DEFAULT|DESCRIPTION",
            "new_router|12.5%|"
                + (flags.isEnabled(ROUTER) ? "on" : "off")
                + "|configuration|off|Describes new_router.",
            "use_ets_agent_registry|off|off|default|off|Describes use_ets_agent_registry.");
  }

  @Test
  void listAsJsonHasNumbers() {
    flags.enable(ROUTER, "");

    assertThat(reports.list(Format.JSON))
        .startsWith(
            "[{\"name\":\"new_router\",\"value\":\"on\",\"percent\":100.0,\"onHere\":true,"
                + "\"configured\":true,\"default\":\"off\","
                + "\"description\":\"Describes new_router.\"},{");
  }

  @Test
  void aFlagOfTheRegistryIsFollowedBeforeTheAnswer() {
    assertThat(changes.enable(FeatureFlags.USE_ETS, "trial"))
        .isEqualTo("use_ets_agent_registry is on (was off)\nthe implementation is ets");
    assertThat(selection.timeout).isEqualTo(PATIENCE);
    assertThat(changes.disable(FeatureFlags.USE_ETS, ""))
        .isEqualTo("use_ets_agent_registry is off (was on)\nthe implementation is legacy");
  }

  @Test
  void whatIsNotYetDoneIsSaid() {
    selection.obstacle = Optional.of("the exchange is under way");

    assertThat(changes.enable(FeatureFlags.USE_ETS, ""))
        .isEqualTo(
            "use_ets_agent_registry is on (was off)\n"
                + "the implementation is still legacy: the exchange is under way;"
                + " registry:status tells when it is ets");
  }

  @Test
  void otherFlagsWaitForNothing() {
    assertThat(changes.enable(ROUTER, "")).isEqualTo("new_router is on (was off)");
    assertThat(changes.enable(ROUTER, "")).isEqualTo("new_router is on (as before)");
    assertThat(selection.timeout).isNull();
  }

  @Test
  void withoutASelectionNothingIsAwaited() {
    FlagChanges alone = new FlagChanges(flags, Optional.empty(), PATIENCE);

    assertThat(alone.enable(FeatureFlags.USE_ETS, ""))
        .endsWith("nothing follows this flag: there is no backend selection");
  }

  @Test
  void aShareSaysWhetherItHasThisNode() {
    String here =
        flags.setPercentage(ROUTER, 50, "").to().includes(ROUTER, "node-1") ? "on" : "off";
    flags.reset(ROUTER, "");

    assertThat(changes.set(ROUTER, "50", ""))
        .isEqualTo("new_router is 50% (was off), " + here + " for this node, node-1");
    assertThat(changes.set(ROUTER, "100%", "")).isEqualTo("new_router is on (was 50%)");
  }

  @Test
  void aWrongShareChangesNothing() {
    for (String wrong : new String[] {"-5", "101", "abc", "1.234", "", "NaN"}) {
      assertThatThrownBy(() -> changes.set(ROUTER, wrong, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 0 to 100");
    }
    assertThat(flags.state(ROUTER).configured()).isFalse();
  }

  @Test
  void anUnknownFlagIsToldBeforeAWrongShare() {
    assertThatThrownBy(() -> changes.set("nope", "abc", ""))
        .isInstanceOf(UnknownFlagException.class)
        .hasMessageContaining("new_router, use_ets_agent_registry");
    assertThatThrownBy(() -> changes.enable("nope", "")).isInstanceOf(UnknownFlagException.class);
    assertThatThrownBy(() -> changes.disable("nope", "")).isInstanceOf(UnknownFlagException.class);
    assertThatThrownBy(() -> changes.reset(Optional.of("nope"), ""))
        .isInstanceOf(UnknownFlagException.class);
  }

  @Test
  void resetGivesDefaults() {
    flags.enable(ROUTER, "");
    flags.enable(FeatureFlags.USE_ETS, "");

    assertThat(changes.reset(Optional.of(ROUTER), ""))
        .isEqualTo("new_router is off by default (was on)");
    assertThat(changes.reset(Optional.empty(), ""))
        .isEqualTo(
            "use_ets_agent_registry is off by default (was on)\nthe implementation is legacy");
    assertThat(changes.reset(Optional.empty(), ""))
        .isEqualTo("all flags have their defaults already");
  }

  @Test
  void historyHasReasons() {
    assertThat(reports.history(Format.TEXT)).isEqualTo("no changes");
    changes.enable(ROUTER, "first trial");
    changes.reset(Optional.of(ROUTER), "no good");

    assertThat(reports.history(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "WHEN|FLAG|FROM|TO|BY|REASON",
            "2026-01-02T03:04:05.678Z|new_router|off|on|call|first trial",
            "2026-01-02T03:04:05.678Z|new_router|on|off (default)|call|no good");
    assertThat(flags.history()).extracting(FlagChange::reason).contains("first trial");
  }

  @Test
  void anInterruptedWaitSaysThatTheFlagIsChanged() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> changes.enable(FeatureFlags.USE_ETS, ""))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("the flag is changed");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(flags.isEnabled(FeatureFlags.USE_ETS)).isTrue();
  }
}
