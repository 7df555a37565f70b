package io.agents.registry.shell.internal.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command explains itself and each of its arguments. */
class HelpTest {

  private static final Pattern NAMES = Pattern.compile("--[a-z-]+|[a-z][a-z.=]*");

  static Stream<Method> commands() {
    return Stream.of(
            ReadingCommands.class,
            ChangingCommands.class,
            StatusCommands.class,
            FlagCommands.class,
            RolloutCommands.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandAndEveryParameterHasAHelpText(Method command) {
    assertThat(command.getAnnotation(Descriptor.class)).isNotNull();
    assertThat(command.getAnnotation(Descriptor.class).value()).isNotBlank();
    for (Parameter parameter : command.getParameters()) {
      assertThat(parameter.getAnnotation(Descriptor.class)).isNotNull();
      assertThat(parameter.getAnnotation(Descriptor.class).value()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyNameInTheUsageLineIsExplained(Method command) {
    String[] lines =
        command.getParameters()[0].getAnnotation(Descriptor.class).value().split("\n", 2);
    String arguments =
        lines[0]
            .substring(lines[0].indexOf(command.getName()))
            .substring(command.getName().length());
    assertThat(NAMES.matcher(arguments.replaceAll("(--\\S+) \\w+", "$1")).results().toList())
        .isNotEmpty()
        .allSatisfy(
            name -> assertThat(lines[1]).containsPattern("(?m)^ +" + Pattern.quote(name.group())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAnExampleOfItself(Method command) {
    String help = command.getParameters()[0].getAnnotation(Descriptor.class).value();
    String name = help.substring(0, help.indexOf(' '));

    assertThat(help.lines().filter(line -> line.strip().startsWith("example ")))
        .singleElement()
        .asString()
        .contains(" " + name);
  }
}
