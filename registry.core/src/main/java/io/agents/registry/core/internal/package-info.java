/**
 * The registry itself: checks input, routes to the active backend, exchanges backends, tells
 * listeners, and picks up agents from the service registry. How its threads work together is
 * written down in {@code docs/concurrency.md}.
 */
@NullMarked
package io.agents.registry.core.internal;

import org.jspecify.annotations.NullMarked;
