package io.agents.registry.flags;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Flags that are kept elsewhere. A bundle that reaches such a store registers a service of this
 * type with the property {@value #NAME}. If the configuration {@link FeatureFlags#NODE_PID} names
 * it as {@link FeatureFlags#FLAG_SOURCE}, its answer takes the place of the default of {@link
 * FeatureFlags#USE_ETS}: it counts while that flag is not configured here, so that what a person or
 * a guard sets here always wins.
 *
 * <p>It is asked when it comes, and whenever its service properties change: who has news changes
 * {@value #GENERATION}. Its last answer counts until it has another one, also while the service is
 * away.
 */
@ConsumerType
public interface ExternalFlags {

  /** The service property that names it: a text. */
  String NAME = "flag.source.name";

  /** The service property that changes when answers may have changed: anything. */
  String GENERATION = "flag.source.generation";

  /**
   * Whether a flag is on. Called by any thread, under no lock; must not wait for long.
   *
   * @param flag the name of the flag
   * @param context for whom
   * @return whether it is on; empty if there is no such flag there, or it can't be told now
   */
  Optional<Boolean> isEnabled(String flag, FlagContext context);
}
