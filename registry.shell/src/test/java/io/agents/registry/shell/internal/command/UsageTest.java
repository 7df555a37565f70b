package io.agents.registry.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.text.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How arguments are read by a usage line. */
class UsageTest {

  private static final Usage LIST = new Usage("x:list [filter] [--limit n] [--json]");
  private static final Usage UPDATE = new Usage("x:update id key=value ... [--merge]");
  private static final Usage REGISTER = new Usage("x:register id service.id [key=value ...]");

  @Test
  void argumentsMayBeMissingWhereTheyAreOptional() {
    Arguments none = LIST.read(Format.TEXT);

    assertThat(none.find("filter")).isEmpty();
    assertThat(none.number("--limit")).isEmpty();
    assertThat(none.format()).isEqualTo(Format.TEXT);
  }

  @Test
  void optionsMayStandAnywhere() {
    for (String line :
        new String[] {
          "--json --limit 3 (a=b)", "(a=b) --limit=3 --json", "--limit 3 (a=b) --json"
        }) {
      Arguments given = LIST.read(Format.TEXT, line.split(" ", -1));

      assertThat(given.find("filter")).as(line).contains("(a=b)");
      assertThat(given.number("--limit")).as(line).hasValue(3);
      assertThat(given.format()).as(line).isEqualTo(Format.JSON);
    }
  }

  @Test
  void theRestGoesToTheArgumentThatTakesAnyNumber() {
    assertThat(REGISTER.read(Format.TEXT, "a", "1").all("key=value")).isEmpty();
    assertThat(REGISTER.read(Format.TEXT, "a", "1", "b=2", "c=3").all("key=value"))
        .containsExactly("b=2", "c=3");
    assertThat(UPDATE.read(Format.TEXT, "a", "b=2", "c=3").all("key=value"))
        .containsExactly("b=2", "c=3");
    assertThat(UPDATE.read(Format.TEXT, "a", "b=2").get("id")).isEqualTo("a");
  }

  @Test
  void nothingIsAnOptionAfterTwoHyphens() {
    Arguments given = UPDATE.read(Format.TEXT, "a", "--", "--merge", "--x=1");

    assertThat(given.has("--merge")).isFalse();
    assertThat(given.all("key=value")).containsExactly("--merge", "--x=1");
  }

  @Test
  void aSingleHyphenBeginsNoOption() {
    assertThat(LIST.read(Format.TEXT, "-5").find("filter")).contains("-5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b        | 'b' is one argument too many; put a filter in quotes",
        "--foo      | there is no option --foo",
        "--foo=1    | there is no option --foo",
        "--limit    | --limit needs a value: --limit n",
        "--limit --json | --limit needs a value: --limit n",
        "--json=1   | --json takes no value",
        "--json --json | --json is given twice",
        "--limit 1 --limit=2 | --limit is given twice",
      })
  void whatDoesNotFitIsRefusedWithTheUsageLine(String line, String what) {
    assertThatThrownBy(() -> LIST.read(Format.TEXT, line.split(" ", -1)))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("x:list: " + what)
        .hasMessageContaining("; usage: x:list [filter] [--limit n] [--json]");
  }

  @ParameterizedTest
  @CsvSource({"-1", "x", "1.5", "99999999999", "''"})
  void aLimitIsAWholeNumber(String limit) {
    assertThatThrownBy(() -> LIST.read(Format.TEXT, "--limit", limit).number("--limit"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("x:list: '" + limit + "' is no value of --limit");
  }

  @Test
  void aMissingArgumentIsNamed() {
    assertThatThrownBy(() -> REGISTER.read(Format.TEXT, "a"))
        .hasMessage(
            "x:register: service.id is missing; usage: x:register id service.id [key=value ...]");
    assertThatThrownBy(() -> UPDATE.read(Format.TEXT, "a", "--merge"))
        .hasMessageStartingWith("x:update: key=value is missing");
  }

  @Test
  void aVariableThatIsNotSetIsNamedByItsPlace() {
    assertThatThrownBy(() -> REGISTER.read(Format.TEXT, "a", null))
        .hasMessageStartingWith("x:register: argument 2 is null");
  }
}
