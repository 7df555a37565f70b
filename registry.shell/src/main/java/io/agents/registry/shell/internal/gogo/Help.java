package io.agents.registry.shell.internal.gogo;

/** Help texts that several commands share: a line for each argument. */
final class Help {

  private static final String LINE = "\n         ";

  static final String ID = LINE + "id         the id of the agent";

  static final String FILTER =
      LINE
          + "filter     which agents, by their metadata: RFC 1960 text in quotes, such as"
          + LINE
          + "           '(&(capability=translation)(resources.memory>=1024))'; without quotes the"
          + LINE
          + "           shell evaluates it";

  static final String OPTIONAL_FILTER = FILTER + "; all agents without a filter";

  static final String LIMIT = LINE + "--limit n  at most n agents, the first by id";

  static final String METADATA =
      LINE
          + "key=value  metadata: a JSON number is a number, true and false are booleans, [a,b] is"
          + LINE
          + "           a list, {a=1,b=2} a map, \"5\" in double quotes is text, as is all else; put"
          + LINE
          + "           a word with such signs or blanks in single quotes: 'tags=[a,b]'";

  static final String FLAG = LINE + "flag       the name of the flag";

  static final String REASON =
      LINE + "--reason text  why, for the history; in quotes if it has blanks";

  static final String JSON = LINE + "--json     for scripts: one line of JSON, ";

  /** The keys of an agent. */
  static final String AGENT_KEYS =
      "with id, owner {symbolicName,"
          + LINE
          + "           bundleId}, ownerAlive, registrar {symbolicName, bundleId}, serviceId, service,"
          + LINE
          + "           registration, revision, registeredAt, metadata";

  /** The keys of a swap. */
  static final String SWAP_KEYS =
      "number, startedAt, from, to, agentsBefore, agentsAfter, dropped, mended, durationNanos,"
          + LINE
          + "           longestWriterWaitNanos, outcome (completed or abandoned), reason";

  private Help() {}
}
