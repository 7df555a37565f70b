/**
 * What checks of reliability share: how much they do, seeds, time limits, figures, and bugs planted
 * in real source to show that a check can fail.
 */
@Export
@Version("1.0.0")
package io.agents.registry.testkit.reliability;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
