/** The backend {@code legacy}: one map under one lock, scans, no monitoring of owners. */
package io.agents.registry.legacy.internal;
