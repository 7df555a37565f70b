package io.agents.registry.shell.internal;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.SelectionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A selection that follows the flag at once, or never. */
public final class FakeSelection implements BackendSelection {

  private final FeatureFlags flags;

  /** What stands in the way of {@code ets}. */
  public Optional<String> obstacle = Optional.empty();

  /** How long the last caller was ready to wait. */
  public Duration timeout;

  public FakeSelection(FeatureFlags flags) {
    this.flags = flags;
  }

  @Override
  public SelectionStatus status() {
    String wanted = flags.isEnabled(FeatureFlags.USE_ETS) ? "ets" : "legacy";
    String active = obstacle.isEmpty() ? wanted : "legacy";
    return new SelectionStatus(
        wanted,
        active,
        "(registry.implementation=" + active + ")",
        List.of(),
        obstacle,
        obstacle.isEmpty());
  }

  @Override
  public SelectionStatus awaitSettled(Duration patience) throws InterruptedException {
    timeout = patience;
    if (Thread.interrupted()) {
      throw new InterruptedException("while waiting");
    }
    return status();
  }
}
