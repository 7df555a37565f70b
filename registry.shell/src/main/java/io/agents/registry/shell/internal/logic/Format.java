package io.agents.registry.shell.internal.logic;

/** Who an answer is for. */
public enum Format {
  /** For a person: may change from release to release. */
  TEXT,
  /** For a script: one line, the keys stay. */
  JSON
}
