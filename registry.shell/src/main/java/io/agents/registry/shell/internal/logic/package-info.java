/**
 * What the commands do, for any shell: each method asks the services and gives the answer as text.
 * A failure is thrown as {@link io.agents.registry.shell.internal.CommandException} or as the
 * services throw it.
 */
@NullMarked
package io.agents.registry.shell.internal.logic;

import org.jspecify.annotations.NullMarked;
