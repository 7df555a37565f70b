/**
 * The commands of the registry, in three layers: {@code gogo} reads what was typed and prints the
 * answer; {@code logic} asks the services and words the answer; {@code text} lays out text and
 * JSON. Only {@code gogo} knows the shell.
 */
@NullMarked
package io.agents.registry.shell.internal;

import org.jspecify.annotations.NullMarked;
