package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.command.ShellCommand;
import io.agents.registry.shell.internal.text.Format;
import java.util.ArrayList;
import java.util.List;

/** What {@code --help} prints, laid out as that of Karaf's own commands. */
final class HelpPage {

  private static final String INDENT = "        ";
  private static final String EXAMPLE = "example";
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";

  private final Format screen;
  private final List<String> lines = new ArrayList<>();

  private HelpPage(Format screen) {
    this.screen = screen;
  }

  /** The page of a command. */
  static String of(ShellCommand command, Format screen) {
    HelpPage page = new HelpPage(screen);
    page.section("DESCRIPTION", List.of(command.usage().command(), "", command.purpose()));
    page.section("SYNTAX", List.of(command.usage().line()));
    List<String> arguments = command.help().stream().filter(line -> !isExample(line)).toList();
    if (!arguments.isEmpty()) {
      page.section("ARGUMENTS AND OPTIONS", arguments);
    }
    page.section(
        "EXAMPLE",
        command.help().stream()
            .filter(HelpPage::isExample)
            .map(line -> line.substring(EXAMPLE.length()).strip())
            .toList());
    return String.join("\n", page.lines);
  }

  private void section(String heading, List<String> content) {
    lines.add(screen.isColoured() ? BOLD + heading + PLAIN : heading);
    content.forEach(line -> lines.add(line.isEmpty() ? "" : INDENT + line));
    lines.add("");
  }

  private static boolean isExample(String line) {
    return line.startsWith(EXAMPLE + " ");
  }
}
