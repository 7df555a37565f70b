/**
 * What consumers of the agent registry call: the {@link io.agents.registry.api.AgentRegistry}
 * service, its values, queries, events and exceptions.
 *
 * <p>All values of this package are immutable and may be shared between threads. The numbered rules
 * of behaviour stand in {@code docs/semantics.md}.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.agents.registry.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
