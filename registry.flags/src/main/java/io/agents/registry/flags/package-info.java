/**
 * Feature flags, and the choice of the registry's implementation by one of them.
 *
 * <p>{@link io.agents.registry.flags.FeatureFlags} reads and changes flags; whoever has flags of
 * their own registers a {@link io.agents.registry.flags.FlagDefinition} as a service; {@link
 * io.agents.registry.flags.BackendSelection} tells how the flag {@link
 * io.agents.registry.flags.FeatureFlags#USE_ETS} and the active implementation stand to each other;
 * {@link io.agents.registry.flags.Rollout} brings the new implementation into service in stages.
 *
 * <p>All values of this package are immutable and may be shared between threads.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.agents.registry.flags;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
