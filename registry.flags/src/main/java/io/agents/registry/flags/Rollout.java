package io.agents.registry.flags;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings the implementation {@code ets} into service in stages, watches what comes of it, and goes
 * back by itself when it is not as good as {@code legacy} was.
 *
 * <h2>The stage follows from the flags</h2>
 *
 * It is nothing but what the flags in PID {@link FeatureFlags#PID} say, so it survives a restart,
 * and whoever changes a flag changes the stage:
 *
 * <table>
 * <caption>Stages</caption>
 * <tr><th>{@link FeatureFlags#USE_ETS}</th><th>other flags</th><th>stage</th></tr>
 * <tr><td>off</td><td></td><td>off</td></tr>
 * <tr><td>off</td><td>{@value #SHADOW} on</td><td>shadow</td></tr>
 * <tr><td>a percentage</td><td></td><td>partial</td></tr>
 * <tr><td>on</td><td></td><td>full</td></tr>
 * <tr><td>on</td><td>{@value #RETIRE_LEGACY} on</td><td>done</td></tr>
 * </table>
 *
 * {@value #RETIRE_LEGACY} needs {@link FeatureFlags#USE_ETS} on, {@value #ENFORCE} needs the stage
 * done, and these two and {@value #SHADOW} are on or off, not a percentage. Any other combination
 * is refused: it is logged in one line, {@link #status} tells of it, and the stage stays what it
 * was.
 *
 * <h2>The guard</h2>
 *
 * In the stages shadow, partial and full, with the flag {@value #MONITORING} on, the guard compares
 * what the registry measures of its own calls with thresholds that are configured in PID {@value
 * #PID}. If one is crossed it rolls back, says why in status, log, history and as an event of
 * EventAdmin, and holds further promotion until {@link #clear}.
 *
 * <h2>Rules for all methods</h2>
 *
 * Any number of threads may call any of them at once. Null arguments are refused with an {@link
 * IllegalArgumentException}, as is a reason of more than {@value FeatureFlags#MAX_REASON_LENGTH}
 * characters. A method that throws has changed nothing. A method that changes the stage returns
 * when the change is kept and the registry's configuration is written; {@link BackendSelection
 * #awaitSettled} waits for the exchange. They concern this node; nodes that share their
 * configuration share the stage.
 */
@ProviderType
public interface Rollout {

  /** The PID of the guard's thresholds and the other settings of the rollout. */
  String PID = "io.agents.registry.rollout";

  /** The flag that has {@code ets} kept in step while {@code legacy} serves. */
  String SHADOW = "shadow_ets_agent_registry";

  /** The flag that ends keeping {@code legacy} in step. */
  String RETIRE_LEGACY = "retire_legacy_agent_registry";

  /** The flag that refuses to go back to {@code legacy}; only in stage done. */
  String ENFORCE = "enforce_no_legacy_registry";

  /** The flag that has the guard watch; on unless somebody turns it off. */
  String MONITORING = "enable_migration_monitoring";

  /**
   * What the topics of events begin with: {@code MOVED}, {@code ROLLED_BACK} or {@code CLEARED}
   * follows.
   */
  String EVENT_TOPIC_PREFIX = "io/agents/registry/Rollout/";

  /** How many changes {@link #history} keeps. */
  int HISTORY_SIZE = 200;

  /**
   * How the rollout stands.
   *
   * @return a snapshot; its parts may be of slightly different moments
   */
  RolloutStatus status();

  /**
   * What stands for and against the next stage.
   *
   * @return the lines, those that are against it among them
   */
  Readiness check();

  /**
   * Goes to the next stage: from off to shadow, from shadow to partial, from partial to a higher
   * percentage or to full, from full to done.
   *
   * @param percent the share of the nodes for partial, above 0 and at most 100, in steps of 0.01;
   *     empty for 10 percent from shadow (where nothing else is configured) and for full from
   *     partial; in partial it has to be higher than the present one, and 100 is full
   * @param force whether to go although {@link #check} is against it, which the history tells
   * @param reason why, for the history; may be empty
   * @return what was changed
   * @throws RolloutRefusedException if there is no next stage, {@link #check} is against it, a
   *     percentage is given for another stage than partial or is not higher than the present one,
   *     or somebody rolled back meanwhile
   * @throws IllegalArgumentException if the percentage is out of range or between two steps
   */
  RolloutChange next(Optional<Double> percent, boolean force, String reason);

  /**
   * Goes back to an earlier stage, at once.
   *
   * @param stage where to; before the present one
   * @param reason why, for the history; may be empty
   * @return what was changed
   * @throws RolloutRefusedException if the stage is not before the present one, {@value #ENFORCE}
   *     is on, or somebody rolled back meanwhile
   */
  RolloutChange back(RolloutStage stage, String reason);

  /**
   * Ends the rollout: back to stage off, from wherever it is, also while other calls hang. Waits
   * for no other call. If the flags can't be written the rollback holds all the same, {@link
   * #status} tells of it, and it is tried again.
   *
   * @param reason why, for the history; may be empty
   * @return what was changed; from and to off if it was off already
   * @throws RolloutRefusedException if {@value #ENFORCE} is on
   */
  RolloutChange rollback(String reason);

  /**
   * Takes away the hold that the guard has put on further promotion.
   *
   * @param reason why, for the history; may be empty
   * @return what was changed; it is not in the history if there was no hold
   */
  RolloutChange clear(String reason);

  /**
   * The latest changes, by whatever means, also those of earlier runs of the framework.
   *
   * @return at most {@value #HISTORY_SIZE} changes, the newest last; can't be changed
   */
  List<RolloutChange> history();

  /**
   * Why the active implementation is the one it is, or why a wanted one is not.
   *
   * @return the reasons, each with the command that changes it
   */
  WhyReport why();

  /**
   * The same service for the commands of a shell: what is changed through it stands in the history
   * as {@link RolloutChange.Source#COMMAND}.
   *
   * @return the service; the same one each time
   */
  Rollout byCommand();
}
