/**
 * The commands of the registry, in layers: {@code gogo} is the face that Gogo sees; {@code command}
 * has the commands themselves, with their texts, and reads what was typed; {@code logic} asks the
 * services and words the answer; {@code text} lays out text and JSON. Only {@code gogo} knows a
 * shell: the bundle registry.shell.karaf takes the other packages into itself, and puts a face for
 * Karaf on them.
 */
@NullMarked
package io.agents.registry.shell.internal;

import org.jspecify.annotations.NullMarked;
