package io.agents.registry.testkit.reliability;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A bug that is planted in real source, and the check that has to find it. Made step by step,
 * starting with {@link #named}; each step gives a new value.
 *
 * <pre>
 * PlantedBug.named("the copy revives what was removed")
 *     .in("registry.core", "Mirror")
 *     .replacing("if (copied)", "if (true)")
 *     .foundBy(HandOverCheck.class)
 *     .saying("was removed");
 * </pre>
 *
 * @param bug what is wrong, as a sentence
 * @param module the folder of the module that it is planted in
 * @param type the simple name of the class whose file is changed
 * @param edits the changes of its text
 * @param check the name of the test class that has to find it
 * @param method the one method of it to run; empty for all
 * @param failure a part of the message that the check fails with; empty for any
 */
public record PlantedBug(
    String bug,
    String module,
    String type,
    List<Edit> edits,
    String check,
    String method,
    String failure) {

  /**
   * A change of the text of a source file.
   *
   * @param text what has to be there, exactly once
   * @param replacement what it is replaced with
   */
  public record Edit(String text, String replacement) {

    /**
     * Checks that something changes.
     *
     * @throws IllegalArgumentException if both are the same, or the text is empty
     */
    public Edit {
      if (text.isEmpty() || text.equals(replacement)) {
        throw new IllegalArgumentException("an edit has to change something: '" + text + "'");
      }
    }
  }

  /** Copies the edits. */
  public PlantedBug {
    Stream.of(bug, module, type, check, method, failure).forEach(Objects::requireNonNull);
    edits = List.copyOf(edits);
  }

  /**
   * Begins a bug.
   *
   * @param bug what is wrong, as a sentence
   * @return the bug, still without place and check
   */
  public static PlantedBug named(String bug) {
    return new PlantedBug(bug, "", "", List.of(), "", "", "");
  }

  /**
   * Says where it is planted.
   *
   * @param folder the folder of the module
   * @param simpleName the class whose file is changed; the file is looked for below {@code
   *     src/main/java}
   * @return the bug with its place
   */
  public PlantedBug in(String folder, String simpleName) {
    return new PlantedBug(bug, folder, simpleName, edits, check, method, failure);
  }

  /**
   * Adds a change of the source.
   *
   * @param text what has to be there, exactly once
   * @param replacement what it is replaced with
   * @return the bug with one more change
   */
  public PlantedBug replacing(String text, String replacement) {
    List<Edit> more =
        Stream.concat(edits.stream(), Stream.of(new Edit(text, replacement))).toList();
    return new PlantedBug(bug, module, type, more, check, method, failure);
  }

  /**
   * Says which check has to find it.
   *
   * @param testClass a class of JUnit 5, all tests of which are run
   * @return the bug with its check
   */
  public PlantedBug foundBy(Class<?> testClass) {
    return foundBy(testClass, "");
  }

  /**
   * Says which test has to find it.
   *
   * @param testClass a class of JUnit 5
   * @param testMethod the method; with the names of the types of its parameters in parentheses, if
   *     it has any, as in {@code inFiles(java.nio.file.Path)}
   * @return the bug with its check
   */
  public PlantedBug foundBy(Class<?> testClass, String testMethod) {
    return new PlantedBug(bug, module, type, edits, testClass.getName(), testMethod, failure);
  }

  /**
   * Says how the check has to fail, so that another failure is not taken for a find.
   *
   * @param part a part of the output of the failed check
   * @return the bug with the failure
   */
  public PlantedBug saying(String part) {
    return new PlantedBug(bug, module, type, edits, check, method, part);
  }

  /** The name of the check without its package, and its method. */
  String checkName() {
    String simple = check.substring(check.lastIndexOf('.') + 1);
    return method.isEmpty() ? simple : simple + "." + method;
  }
}
