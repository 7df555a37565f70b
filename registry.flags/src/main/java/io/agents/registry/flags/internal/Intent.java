package io.agents.registry.flags.internal;

import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A change that this service is about to write. Whichever thread sees it first in the
 * configuration, it is booked to its author with its reason.
 *
 * <p>Its map of booked changes is guarded by the lock of the {@link FlagTable}.
 */
final class Intent {

  private final Map<String, Optional<FlagValue>> wanted;
  private final String reason;
  private final Map<String, FlagChange> booked = new HashMap<>();

  /**
   * Makes an intent.
   *
   * @param wanted the value of each flag; empty for none configured
   * @param reason why
   */
  Intent(Map<String, Optional<FlagValue>> wanted, String reason) {
    this.wanted = Map.copyOf(wanted);
    this.reason = reason;
  }

  Map<String, Optional<FlagValue>> wanted() {
    return wanted;
  }

  String reason() {
    return reason;
  }

  /**
   * Whether the flag came to be what is wanted here; each flag once, so that a later change is not
   * booked here.
   */
  boolean explains(FlagState after) {
    Optional<FlagValue> value = wanted.get(after.name());
    return value != null
        && !booked.containsKey(after.name())
        && value.isPresent() == after.configured()
        && value.map(after.value()::equals).orElse(true);
  }

  void book(FlagChange change) {
    booked.put(change.flag(), change);
  }

  /** What was booked, by flag. */
  Map<String, FlagChange> booked() {
    return booked;
  }
}
