package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.command.ShellCommand;
import io.agents.registry.shell.internal.text.Fields;
import io.agents.registry.shell.internal.text.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --help} prints, laid out as that of Karaf's own commands. */
final class HelpPage {

  private static final String INDENT = "        ";

  /** The first line of an argument: its name, and the name of its value if it is an option. */
  private static final Pattern ARGUMENT = Pattern.compile("(?<name>\\S+( \\S+)?) {2,}(?<text>.*)");

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
    List<String> arguments = page.arguments(command);
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

  /** The arguments and what they are, as wide as the terminal. */
  private List<String> arguments(ShellCommand command) {
    Map<String, String> texts = new LinkedHashMap<>();
    String name = "";
    for (String line : command.help()) {
      Matcher begin = ARGUMENT.matcher(line);
      if (isExample(line)) {
        name = "";
      } else if (begin.matches()) {
        name = begin.group("name");
        texts.put(name, begin.group("text"));
      } else if (!name.isEmpty()) {
        texts.merge(name, line.strip(), (before, more) -> before + " " + more);
      }
    }
    Fields fields = new Fields();
    texts.forEach(fields::field);
    int width = screen.width() == 0 ? 0 : Math.max(1, screen.width() - INDENT.length());
    return texts.isEmpty()
        ? List.of()
        : fields.render(new Format(false, width, screen.isColoured())).lines().toList();
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
