/**
 * Eight agents and a consumer, to be copied from.
 *
 * <p>An agent is a service. Seven of them are plain components that describe themselves by service
 * properties ({@link io.agents.examples.fleet.internal.AgentProperties}); the registry picks them
 * up. One, {@link io.agents.examples.fleet.internal.Summariser}, registers itself by a call, which
 * it needs for metadata that nests and changes. {@link
 * io.agents.examples.fleet.internal.Dispatcher} finds agents by what they can do and calls them.
 */
@NullMarked
package io.agents.examples.fleet.internal;

import org.jspecify.annotations.NullMarked;
