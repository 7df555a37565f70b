package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.command.ShellCommand;
import io.agents.registry.shell.internal.command.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/**
 * Completes the name of a command, its options, and its arguments by what there is to choose from.
 */
final class CommandCompleter implements Completer {

  private static final String HELP = "--help";

  private final ShellCommand command;
  private final String name;
  private final boolean scoped;

  /**
   * Begins.
   *
   * @param command whose line is completed
   * @param scoped whether the scope is left out, as in Karaf's shell within the shell
   */
  CommandCompleter(ShellCommand command, boolean scoped) {
    this.command = command;
    this.scoped = scoped;
    name = command.usage().command();
  }

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<Candidate> found = new ArrayList<>();
    completeCandidates(session, line, found);
    found.forEach(one -> candidates.add(one.complete() ? one.value() + " " : one.value()));
    return found.isEmpty() ? -1 : line.getBufferPosition() - line.getArgumentPosition();
  }

  @Override
  public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
    String begin = begin(line);
    if (line.getCursorArgumentIndex() == 0) {
      (scoped ? Stream.of(command.function()) : Stream.of(command.function(), name))
          .filter(candidate -> candidate.startsWith(begin))
          .forEach(
              candidate ->
                  candidates.add(
                      new Candidate(
                          candidate, candidate, null, command.purpose(), null, name, true)));
    } else if (isCommand(session, line.getArguments()[0])) {
      TypedWords typed = TypedWords.of(command.usage(), line);
      candidates.addAll(candidates(typed, begin, typedLine(line)));
    }
  }

  private boolean isCommand(Session session, String word) {
    return name.equals(session.resolveCommand(word)) || (scoped && word.equals(command.function()));
  }

  private List<Candidate> candidates(TypedWords typed, String begin, String line) {
    if (typed.mayBeOption() && begin.startsWith("-")) {
      return options(typed, begin);
    }
    String parameter = typed.parameter();
    if (parameter.equals(Usage.FILTER)) {
      return FilterBegin.of(begin, line)
          .complete(attribute -> command.suggestions(Usage.FILTER, attribute));
    }
    List<String> found = parameter.isEmpty() ? List.of() : command.suggestions(parameter, begin);
    if (found.isEmpty() && typed.mayBeOption() && begin.isEmpty()) {
      return options(typed, begin);
    }
    return found.stream().map(Candidate::new).toList();
  }

  private List<Candidate> options(TypedWords typed, String begin) {
    return Stream.concat(command.usage().options().keySet().stream(), Stream.of(HELP))
        .filter(option -> option.startsWith(begin) && !typed.has(option))
        .map(Candidate::new)
        .toList();
  }

  /** What is typed up to the cursor. */
  private static String typedLine(CommandLine line) {
    String all = line.getBuffer();
    return all.substring(0, Math.max(0, Math.min(line.getBufferPosition(), all.length())));
  }

  /** What is typed of the word at the cursor, up to the cursor. */
  private static String begin(CommandLine line) {
    String word = line.getCursorArgument();
    return word == null
        ? ""
        : word.substring(0, Math.max(0, Math.min(line.getArgumentPosition(), word.length())));
  }
}
