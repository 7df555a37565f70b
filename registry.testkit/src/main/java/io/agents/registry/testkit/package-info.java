/**
 * Proves that a backend, or a whole registry, does what it has to do.
 *
 * <p>{@link io.agents.registry.testkit.RegistryBackendRules} and {@code AgentRegistryRules} are
 * lists of checks, one or more for each rule of {@code docs/semantics.md}, that any test runner can
 * run. {@code io.agents.registry.testkit.junit5} has ready-made suites for JUnit 5. The rest are
 * fixtures: services and bundles that come and go, with a framework ({@link
 * io.agents.registry.testkit.FelixFixture}) or without ({@link
 * io.agents.registry.testkit.FakeOwners}).
 */
@Export
@Version("1.0.0")
package io.agents.registry.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
