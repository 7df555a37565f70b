/** Between the feature flags and OpenFeature. */
@NullMarked
package io.agents.registry.flags.openfeature.internal;

import org.jspecify.annotations.NullMarked;
