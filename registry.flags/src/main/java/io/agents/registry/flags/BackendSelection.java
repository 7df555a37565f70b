package io.agents.registry.flags;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns the flag {@link FeatureFlags#USE_ETS} into the registry's target filter: {@value #TARGET}
 * in PID {@value #REGISTRY_PID}.
 *
 * <ul>
 *   <li>On for this node, the flag asks for {@code ets}, else for {@code legacy}. Nothing is
 *       written if that stands there already; other keys of the PID stay as they are.
 *   <li>The filter never points at an implementation that is not there. If the wanted one is
 *       missing, the other one stays, or takes over; when the wanted one comes, it is chosen. With
 *       none there, the filter stays as it is.
 *   <li>While the framework starts, the implementation that the flag asks for is waited for, so
 *       that a restart does not exchange implementations twice; while the framework stops, nothing
 *       is written.
 *   <li>A filter for {@code legacy} or {@code ets} that somebody else writes is put right at once:
 *       the flag is the one place to choose between these two. So is a filter that does not parse.
 *   <li>Any other filter, for an implementation of somebody else, is left alone, whatever the flag
 *       says. {@link #status} says so. Removing the key gives the choice back to the flag.
 *   <li>When this bundle is stopped the filter stays as it is, and anybody may write it.
 * </ul>
 *
 * <p>Any number of threads may call any of the methods at once.
 */
@ProviderType
public interface BackendSelection {

  /** The PID of the registry. */
  String REGISTRY_PID = "io.agents.registry.core";

  /** The key of the target filter in {@link #REGISTRY_PID}. */
  String TARGET = "backend.target";

  /**
   * How things stand.
   *
   * @return a snapshot; its parts may be of slightly different moments
   */
  SelectionStatus status();

  /**
   * Waits until the wanted implementation serves, or it is clear that it won't: because it is not
   * there, because somebody else's filter stands in the way, because the registry is not there, or
   * because the exchange was abandoned. What a flag was changed to before the call is taken into
   * account.
   *
   * @param timeout how long to wait at most; with zero or less, not at all
   * @return how things stand then; if it is not settled, {@link SelectionStatus#awaited} says why
   * @throws IllegalArgumentException if the timeout is null
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  SelectionStatus awaitSettled(Duration timeout) throws InterruptedException;
}
