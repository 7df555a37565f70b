package io.agents.registry.shell.internal.logic;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Printable;
import java.time.Duration;
import java.util.Optional;

/** Waits until the registry has followed what was changed, for a bounded time, and says so. */
final class Following {

  private final Optional<BackendSelection> selection;
  private final Duration patience;

  /**
   * Begins.
   *
   * @param selection tells when the registry has followed, if it is there
   * @param patience how long to wait for that
   */
  Following(Optional<BackendSelection> selection, Duration patience) {
    this.selection = selection;
    this.patience = patience;
  }

  /** Waits, and gives the line that says which implementation serves, or what is waited for. */
  String line() {
    if (selection.isEmpty()) {
      return "nothing follows this flag: there is no backend selection";
    }
    SelectionStatus status;
    try {
      status = selection.get().awaitSettled(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(
          "interrupted; the flag is changed, registry:status tells when the registry has followed");
    }
    return status
        .awaited()
        .map(
            awaited ->
                "the implementation is still "
                    + status.active()
                    + ": "
                    + Printable.of(awaited)
                    + "; registry:status tells when it is "
                    + status.wanted())
        .orElse("the implementation is " + status.active());
  }
}
