/**
 * The flags and the selector. {@link io.agents.registry.flags.internal.FlagTable} says how readings
 * of the configuration are put in order, {@link io.agents.registry.flags.internal.Selector} how
 * decisions are.
 */
@NullMarked
package io.agents.registry.flags.internal;

import org.jspecify.annotations.NullMarked;
