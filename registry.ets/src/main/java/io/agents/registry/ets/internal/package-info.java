/**
 * The backend {@code ets}: concurrent, indexed, monitors owners.
 *
 * <p>{@link io.agents.registry.ets.internal.EtsBackend} is the component; {@link
 * io.agents.registry.ets.internal.AgentStore} holds the agents and keeps its indexes in step with
 * them; {@link io.agents.registry.ets.internal.OwnerTracker} knows which owners are there; {@link
 * io.agents.registry.ets.internal.QueryPlanner} chooses how a query is answered.
 */
@NullMarked
package io.agents.registry.ets.internal;

import org.jspecify.annotations.NullMarked;
