/** The commands as Gogo takes them: reads what was typed, prints what the logic answers. */
package io.agents.registry.shell.internal.gogo;
