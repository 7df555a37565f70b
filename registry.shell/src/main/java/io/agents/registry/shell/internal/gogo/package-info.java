/** The commands as Gogo takes them: methods with help texts, whose answers are printed. */
@NullMarked
package io.agents.registry.shell.internal.gogo;

import org.jspecify.annotations.NullMarked;
