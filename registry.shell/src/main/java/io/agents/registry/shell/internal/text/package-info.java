/** Lays out text and JSON. */
package io.agents.registry.shell.internal.text;
