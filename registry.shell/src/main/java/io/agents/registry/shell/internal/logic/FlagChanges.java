package io.agents.registry.shell.internal.logic;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.shell.internal.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes flags, and says what was done. Where the implementation of the registry hangs on it, the
 * answer comes when that was exchanged, or says why not yet.
 */
public final class FlagChanges {

  private final FeatureFlags flags;
  private final Following following;

  /**
   * Begins.
   *
   * @param flags are changed
   * @param selection tells when the registry has followed, if it is there
   * @param patience how long to wait for that
   */
  public FlagChanges(FeatureFlags flags, Optional<BackendSelection> selection, Duration patience) {
    this.flags = flags;
    following = new Following(selection, patience);
  }

  /**
   * Turns a flag on.
   *
   * @param flag the flag
   * @param reason why, for the history
   * @return what was done
   */
  public String enable(String flag, String reason) {
    return changed(flags.enable(flag, reason));
  }

  /**
   * Turns a flag off.
   *
   * @param flag the flag
   * @param reason why, for the history
   * @return what was done
   */
  public String disable(String flag, String reason) {
    return changed(flags.disable(flag, reason));
  }

  /**
   * Turns a flag on for a share.
   *
   * @param flag the flag
   * @param percent the share, as {@link FlagValue#parse} reads it
   * @param reason why, for the history
   * @return what was done
   */
  public String set(String flag, String percent, String reason) {
    // An unknown flag is the greater mistake, and is told first.
    flags.state(flag);
    double share = FlagValue.parse(percent).percent();
    return changed(flags.setPercentage(flag, share, reason));
  }

  /**
   * Gives flags their default again.
   *
   * @param flag which one; all of them without one
   * @param reason why, for the history
   * @return what was done
   */
  public String reset(Optional<String> flag, String reason) {
    List<FlagChange> changes =
        flag.isPresent() ? List.of(flags.reset(flag.get(), reason)) : flags.resetAll(reason);
    return changes.isEmpty()
        ? "all flags have their defaults already"
        : changes.stream().map(this::changed).collect(Collectors.joining("\n"));
  }

  private String changed(FlagChange change) {
    String was = change.changesValue() ? " (was " + change.from() + ")" : " (as before)";
    String byDefault = change.configured() ? "" : " by default";
    String done = change.flag() + " is " + change.to() + byDefault + was + onThisNode(change);
    return change.flag().equals(FeatureFlags.USE_ETS) ? done + "\n" + following.line() : done;
  }

  private String onThisNode(FlagChange change) {
    FlagValue value = change.to();
    return value.isOn() || value.isOff()
        ? ""
        : (value.includes(change.flag(), flags.nodeName()) ? ", on" : ", off")
            + " for this node, "
            + Printable.of(flags.nodeName());
  }
}
