/**
 * Runs the commands of a command line, or opens the console, once the whole distribution is there.
 */
@NullMarked
package io.agents.distribution.runner.internal;

import org.jspecify.annotations.NullMarked;
