package io.agents.registry.testkit.reliability;

/** The standard output, where the figures of a build are looked for. */
final class Output {

  private Output() {}

  @SuppressWarnings("SystemOut")
  static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
