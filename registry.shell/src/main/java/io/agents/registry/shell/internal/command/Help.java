package io.agents.registry.shell.internal.command;

/** Help texts that several commands share: a line for each argument. */
final class Help {

  /** Below the first line, as far in as Gogo prints it. */
  private static final String INDENT = "         ";

  static final String LINE = "\n" + INDENT;

  /** A line that goes on with the one before. */
  static final String MORE = LINE + "           ";

  static final String EXAMPLE = LINE + "example    ";

  static final String ID = LINE + "id         the id of the agent";

  static final String FILTER =
      LINE
          + "filter     which agents, by their metadata: RFC 1960 text in quotes, such as"
          + MORE
          + "'(&(capability=translation)(resources.memory>=1024))'; without quotes the"
          + MORE
          + "shell evaluates it";

  static final String OPTIONAL_FILTER = FILTER + "; all agents without a filter";

  static final String LIMIT = LINE + "--limit n  at most n agents, the first of the order";

  static final String ORDER =
      LINE
          + "--order-by attribute  by this attribute, the least first, those without it last; by id"
          + MORE
          + "without this option"
          + LINE
          + "--descending  the greatest first";

  static final String METADATA =
      LINE
          + "key=value  metadata: a JSON number is a number, true and false are booleans, [a,b] is"
          + MORE
          + "a list, {a=1,b=2} a map, \"5\" in double quotes is text, as is all else; put"
          + MORE
          + "a word with such signs or blanks in single quotes: 'tags=[a,b]'";

  static final String FLAG = LINE + "flag       the name of the flag";

  static final String REASON =
      LINE + "--reason text  why, for the history; in quotes if it has blanks";

  static final String WORDS =
      LINE + "reason     why, for the history; the words that are left, with or without quotes";

  static final String JSON = LINE + "--json     for scripts: one line of JSON, ";

  /** The keys of an agent. */
  static final String AGENT_KEYS =
      "with id, owner {symbolicName,"
          + MORE
          + "bundleId}, ownerAlive, registrar {symbolicName, bundleId}, serviceId, service,"
          + MORE
          + "registration, revision, registeredAt, metadata";

  /** The keys of a swap. */
  static final String SWAP_KEYS =
      "number, startedAt, from, to, agentsBefore, agentsAfter, dropped, mended, durationNanos,"
          + MORE
          + "longestWriterWaitNanos, outcome (completed or abandoned), reason, evidence {agrees,"
          + MORE
          + "former and next {agents, checksum, servicesMonitored, bundlesMonitored},"
          + MORE
          + "mendedIds, droppedIds, longestReadNanos}, null if it was abandoned";

  private Help() {}

  /** A line of help as it was before it was moved in. */
  static String withoutIndent(String line) {
    return line.startsWith(INDENT) ? line.substring(INDENT.length()) : line;
  }
}
