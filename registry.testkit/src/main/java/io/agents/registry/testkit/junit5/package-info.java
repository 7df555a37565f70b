/**
 * The rules of the registry as suites for JUnit 5: extend one, say what is to be tested, and get a
 * test a rule.
 *
 * <p>This package alone needs JUnit 5; the rules themselves run without it.
 */
@Export
@Version("1.0.0")
package io.agents.registry.testkit.junit5;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
