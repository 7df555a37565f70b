/** The backend {@code legacy}: one map under one lock, scans, no monitoring of owners. */
@NullMarked
package io.agents.registry.legacy.internal;

import org.jspecify.annotations.NullMarked;
