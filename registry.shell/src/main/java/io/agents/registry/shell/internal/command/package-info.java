/**
 * The commands themselves, for any shell: their texts, how what was typed is read, and what answers
 * it. A shell needs to know no more than {@link
 * io.agents.registry.shell.internal.command.ShellCommand}.
 */
@NullMarked
package io.agents.registry.shell.internal.command;

import org.jspecify.annotations.NullMarked;
