/**
 * What implementations of the registry's storage provide. A backend stores agents and finds them;
 * ids, numbers, checks and events are the business of the registry in front of it. And what one
 * registry leaves to the next.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.agents.registry.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
