/** The commands as Gogo takes them: reads what was typed, prints what the logic answers. */
@NullMarked
package io.agents.registry.shell.internal.gogo;

import org.jspecify.annotations.NullMarked;
