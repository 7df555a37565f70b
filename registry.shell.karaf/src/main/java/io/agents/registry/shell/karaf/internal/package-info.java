/**
 * The commands as Karaf takes them: with completion, help, and answers that fit the terminal. What
 * they do is in the packages of registry.shell, which this bundle holds a copy of.
 */
@NullMarked
package io.agents.registry.shell.karaf.internal;

import org.jspecify.annotations.NullMarked;
