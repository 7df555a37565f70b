package io.agents.registry.testkit.reliability;

/** The class path that the tests of this process run with. */
final class ClassPath {

  private ClassPath() {}

  static String ofTests() {
    // Surefire starts with a jar that only names the class path, and tells the real one here.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
