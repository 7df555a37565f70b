package io.agents.registry.flags;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Flags that change what the system does, while it runs.
 *
 * <pre>{@code
 * @Reference FeatureFlags flags;
 *
 * flags.enable(FeatureFlags.USE_ETS, "trial on this node");
 * flags.setPercentage("use_new_router", 12.5, "first customers");
 * if (flags.isEnabled("use_new_router", customer)) { ... }
 * }</pre>
 *
 * <h2>Where values live</h2>
 *
 * The values stand in ConfigurationAdmin, PID {@value #PID}, one key a flag; so they survive a
 * restart. This service writes there, and so may anybody else: a file, code, a tool. The last one
 * wins. A value there is a boolean, a number or a text, see {@link FlagValue#of}. A flag without a
 * key, and every flag where there is no configuration, has the default of its {@link
 * FlagDefinition}.
 *
 * <ul>
 *   <li>A value that is not allowed is logged once, with PID, key, value and what is allowed. That
 *       flag keeps its last good value (after a restart its default); the other keys take effect.
 *   <li>A key that no flag has is logged once and otherwise ignored; it takes effect when its
 *       definition comes.
 *   <li>ConfigurationAdmin has no compare-and-set: if another writer changes the same PID in the
 *       very moment of a call of this service, one of the two changes may be lost. Calls of this
 *       service never lose each other's.
 * </ul>
 *
 * <h2>Rules for all methods</h2>
 *
 * Any number of threads may call any of them at once. Null arguments are refused with an {@link
 * IllegalArgumentException}. A method that changes a flag changes nothing if it throws; when it
 * returns, the change is kept, and every evaluation that begins later sees it. It throws {@link
 * java.io.UncheckedIOException} if the configuration can't be read or written, and {@link
 * IllegalStateException} if ConfigurationAdmin is going.
 */
@ProviderType
public interface FeatureFlags {

  /** The PID of the values. */
  String PID = "io.agents.registry.flags";

  /**
   * The flag that selects the {@code ets} implementation of the registry; off, the {@code legacy}
   * one.
   */
  String USE_ETS = "use_ets_agent_registry";

  /** The PID of the configuration that names this node. */
  String NODE_PID = "io.agents.registry.selector";

  /** The key of the name of this node in {@link #NODE_PID}. */
  String NODE_NAME = "node.name";

  /**
   * The key in {@link #NODE_PID} of the {@link ExternalFlags} that decide {@link #USE_ETS} where it
   * is not configured.
   */
  String FLAG_SOURCE = "flag.source";

  /** The framework property that names this node where nothing is configured. */
  String NODE_NAME_PROPERTY = "io.agents.node.name";

  /** The longest reason, in characters. */
  int MAX_REASON_LENGTH = 1_000;

  /** How many changes {@link #history} keeps. */
  int HISTORY_SIZE = 200;

  /**
   * Whether a flag is on for this node. A flag that is on for a share is on here if the {@linkplain
   * #nodeName name of this node} is in that share. Takes one volatile read and one look into a hash
   * map.
   *
   * @param flag the name of the flag
   * @return whether it is on
   * @throws UnknownFlagException if there is no such flag
   */
  boolean isEnabled(String flag);

  /**
   * Whether a flag is on for a context. Costs as much as {@link #isEnabled(String)}, and, where the
   * value has a share or conditions, what those need.
   *
   * @param flag the name of the flag
   * @param context for whom
   * @return whether it is on
   * @throws UnknownFlagException if there is no such flag
   */
  boolean isEnabled(String flag, FlagContext context);

  /**
   * Whether a flag is on for an id on this node. The same flag, id and value give the same answer
   * everywhere and always, see {@link FlagValue}.
   *
   * @param flag the name of the flag
   * @param id whatever a share is to be taken of: a user, a tenant, a node; may be empty
   * @return whether it is on
   * @throws UnknownFlagException if there is no such flag
   */
  boolean isEnabled(String flag, String id);

  /**
   * Turns a flag on for everybody.
   *
   * @param flag the name of the flag
   * @param reason why, for the history; may be empty, at most {@value #MAX_REASON_LENGTH}
   *     characters
   * @return what was changed; if the flag was configured so already, a change from and to the same
   *     value, which is not written and not in the history
   * @throws UnknownFlagException if there is no such flag
   * @throws IllegalArgumentException if the reason is too long
   */
  FlagChange enable(String flag, String reason);

  /**
   * Turns a flag off for everybody.
   *
   * @param flag as in {@link #enable}
   * @param reason as in {@link #enable}
   * @return as {@link #enable}
   * @throws UnknownFlagException as {@link #enable}
   * @throws IllegalArgumentException as {@link #enable}
   */
  FlagChange disable(String flag, String reason);

  /**
   * Turns a flag on for a share of all ids.
   *
   * @param flag as in {@link #enable}
   * @param percent from 0 to 100, in steps of 0.01
   * @param reason as in {@link #enable}
   * @return as {@link #enable}
   * @throws UnknownFlagException as {@link #enable}
   * @throws IllegalArgumentException as {@link #enable}, or if the percentage is out of range or
   *     between two steps
   */
  FlagChange setPercentage(String flag, double percent, String reason);

  /**
   * Gives a flag any value, also one with conditions.
   *
   * @param flag as in {@link #enable}
   * @param value the value
   * @param reason as in {@link #enable}
   * @return as {@link #enable}
   * @throws UnknownFlagException as {@link #enable}
   * @throws IllegalArgumentException as {@link #enable}
   */
  FlagChange set(String flag, FlagValue value, String reason);

  /**
   * Gives a flag its default again, by removing its key from the configuration.
   *
   * @param flag as in {@link #enable}
   * @param reason as in {@link #enable}
   * @return what was changed; if the flag was not configured, a change from and to the default,
   *     which is not in the history
   * @throws UnknownFlagException as {@link #enable}
   * @throws IllegalArgumentException as {@link #enable}
   */
  FlagChange reset(String flag, String reason);

  /**
   * Gives all flags their default again. Keys that belong to no flag stay.
   *
   * @param reason as in {@link #enable}
   * @return what was changed, sorted by flag; empty if nothing was configured; can't be changed
   * @throws IllegalArgumentException as {@link #enable}
   */
  List<FlagChange> resetAll(String reason);

  /**
   * All flags.
   *
   * @return their states at one moment, sorted by name; can't be changed
   */
  List<FlagState> list();

  /**
   * One flag.
   *
   * @param flag the name of the flag
   * @return its state
   * @throws UnknownFlagException if there is no such flag
   */
  FlagState state(String flag);

  /**
   * The latest changes, by whatever means, also those of earlier runs of the framework. Changes
   * that follow each other closely in the configuration may be one change here.
   *
   * @return at most {@value #HISTORY_SIZE} changes, the newest last; can't be changed
   */
  List<FlagChange> history();

  /**
   * The name of this node: {@value #NODE_NAME} in PID {@value #NODE_PID}; else the framework
   * property {@value #NODE_NAME_PROPERTY}; else the environment variable {@code HOSTNAME}; else the
   * name of the host; else {@code localhost}.
   *
   * @return the name; not empty
   */
  String nodeName();
}
