package io.agents.registry.api;

/** The kinds of calls of the registry that are measured and compared. */
public enum Operation {
  /** {@link AgentRegistry#lookup}. */
  LOOKUP,
  /** Every call that finds agents by what they are. */
  QUERY,
  /** Both forms of {@code count}. */
  COUNT,
  /** {@link AgentRegistry#agents}. */
  LIST,
  /** Every call that registers. */
  REGISTER,
  /** Every call that replaces metadata. */
  UPDATE,
  /** {@link AgentRegistry#unregister} and {@link Registration#close}. */
  UNREGISTER
}
