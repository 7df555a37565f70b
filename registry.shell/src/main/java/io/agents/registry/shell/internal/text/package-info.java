/** Lays out text and JSON. */
@NullMarked
package io.agents.registry.shell.internal.text;

import org.jspecify.annotations.NullMarked;
