package io.agents.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.File;
import java.util.Arrays;
import org.ops4j.pax.exam.Option;

/**
 * What a container is made of, by names, so that the configuration of a test reads as a sentence.
 */
final class Bundles {

  /** Where the build puts the bundles; nothing is fetched while tests run. */
  private static final File FOLDER = new File("target/bundles");

  private Bundles() {}

  static Option felixWithComponents() {
    return composite(
        systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
        systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
        systemProperty("org.ops4j.pax.logging.property.file")
            .value(new File("src/test/resources/logging.properties").getAbsolutePath()),
        files(
            "pax-logging-api",
            "pax-logging-log4j2",
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.configadmin",
            "org.apache.felix.scr"),
        testTools());
  }

  static Option registry() {
    return files("registry.api", "registry.core");
  }

  static Option legacy() {
    return files("registry.legacy");
  }

  static Option ets() {
    return files("registry.ets");
  }

  static Option flags() {
    return files("registry.flags");
  }

  static Option shell() {
    return files("org.apache.felix.gogo.runtime", "gson", "registry.shell");
  }

  static Option fleet() {
    return files("examples.fleet");
  }

  static Option eventAdmin() {
    return files("org.apache.felix.eventadmin");
  }

  static Option fileInstall(File folder) {
    return composite(
        systemProperty("felix.fileinstall.dir").value(folder.getAbsolutePath()),
        // Else it may write an older state back over a file that a test has just written.
        systemProperty("felix.fileinstall.enableConfigSave").value("false"),
        systemProperty("felix.fileinstall.poll").value("100"),
        systemProperty("felix.fileinstall.noInitialDelay").value("true"),
        systemProperty("felix.fileinstall.log.level").value("1"),
        files("org.apache.felix.fileinstall"));
  }

  /** As the distribution has it: what changes by call is written back to its file. */
  static Option fileInstallWritingBack(File folder) {
    return composite(
        fileInstall(folder), systemProperty("felix.fileinstall.enableConfigSave").value("true"));
  }

  private static Option testTools() {
    return composite(
        junitBundles(),
        files("byte-buddy", "assertj-core", "hamcrest", "awaitility", "registry.testkit"));
  }

  private static Option files(String... names) {
    return composite(
        Arrays.stream(names)
            .map(name -> bundle(new File(FOLDER, name + ".jar").toURI().toString()))
            .toArray(Option[]::new));
  }
}
