package io.agents.registry.testkit.reliability;

/**
 * The class path that the tests of this process run with.
 *
 * <p>Safe for use by many threads.
 */
public final class ClassPath {

  private ClassPath() {}

  /**
   * The class path, for another process that is to have it too.
   *
   * @return its entries, joined as the option {@code -cp} of a virtual machine takes them
   */
  public static String ofTests() {
    // Surefire starts with a jar that only names the class path, and tells the real one here.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
