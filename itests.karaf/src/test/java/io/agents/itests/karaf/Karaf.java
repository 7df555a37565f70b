package io.agents.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The Karaf that a test runs in, made of what the build has put into folders. */
final class Karaf {

  static final String VERSION = System.getProperty("karaf.version");
  static final String FEATURES =
      "mvn:io.agents.registry/distribution.karaf/"
          + System.getProperty("registry.version")
          + "/xml/features";

  private Karaf() {}

  /** As it comes from Apache, with nothing of ours. */
  static Option plain() throws IOException {
    return karaf("apache-karaf.tar.gz", "exam", "features");
  }

  /** As it comes from Apache, with no repository that has anything of ours. */
  static Option withoutFeatures() throws IOException {
    return karaf("apache-karaf.tar.gz", "exam");
  }

  /** As it comes from Apache, with repositories that have releases before this build too. */
  static Option withReleases() throws IOException {
    return karaf("apache-karaf.tar.gz", "exam", "features", "releases");
  }

  /** As this project builds it. */
  static Option assembly() throws IOException {
    return karaf("assembly.tar.gz", "exam", "more");
  }

  private static Option karaf(String archive, String... repositories) throws IOException {
    return composite(
        karafDistributionConfiguration()
            .frameworkUrl(new File("target/karafs", archive).toURI().toString())
            .name("Apache Karaf")
            .karafVersion(VERSION)
            .unpackDirectory(new File("target/exam"))
            .useDeployFolder(false),
        configureConsole().ignoreLocalConsole(),
        only(repositories),
        freePorts(),
        options(),
        testTools(),
        // How long a test waits for what is injected: Karaf takes its time to start on a busy
        // machine.
        systemProperty("pax.exam.service.timeout").value("60000"),
        systemProperty("karaf.version").value(VERSION),
        systemProperty("registry.version").value(System.getProperty("registry.version")),
        systemProperty("registry.kar")
            .value(new File("target/karafs/agent-registry.kar").toURI().toString()));
  }

  /** No repository but Karaf's own folders and those that the build has filled; no network. */
  private static Option only(String... repositories) {
    String file = "etc/org.ops4j.pax.url.mvn.cfg";
    StringBuilder urls =
        new StringBuilder("${karaf.home.uri}${karaf.default.repository}@id=system@snapshots")
            .append(",${karaf.data.uri}kar@id=kar@multi@snapshots");
    for (String name : repositories) {
      urls.append(',').append(new File("target/repositories", name).toURI()).append("@id=");
      urls.append(name).append("@snapshots");
    }
    return composite(
        editConfigurationFilePut(file, "org.ops4j.pax.url.mvn.repositories", ""),
        editConfigurationFilePut(
            file,
            "org.ops4j.pax.url.mvn.localRepository",
            new File("target/exam/local").getAbsolutePath()),
        editConfigurationFilePut(
            file, "org.ops4j.pax.url.mvn.defaultRepositories", urls.toString()));
  }

  /** So that two builds on one machine do not meet. */
  private static Option freePorts() throws IOException {
    int[] ports = new int[3];
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0);
        ServerSocket three = new ServerSocket(0)) {
      ports[0] = one.getLocalPort();
      ports[1] = two.getLocalPort();
      ports[2] = three.getLocalPort();
    }
    return composite(
        editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", "" + ports[0]),
        editConfigurationFilePut(
            "etc/org.apache.karaf.management.cfg", "rmiRegistryPort", "" + ports[1]),
        editConfigurationFilePut(
            "etc/org.apache.karaf.management.cfg", "rmiServerPort", "" + ports[2]));
  }

  /**
   * What Karaf's own start script gives the Java virtual machine, and the compiler that starts
   * faster.
   */
  private static Option options() {
    String locator = "lib/endorsed/org.apache.karaf.specs.locator-" + VERSION + ".jar";
    String xml = "lib/endorsed/org.apache.karaf.specs.java.xml-" + VERSION + ".jar";
    Stream<String> options =
        Stream.of(
            "-XX:TieredStopAtLevel=1",
            "-Djava.security.manager=allow",
            "--add-reads=java.xml=java.logging",
            "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
            "--patch-module=java.base=" + locator,
            "--patch-module=java.xml=" + xml,
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.ftp=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED",
            "--add-exports=jdk.xml.dom/org.w3c.dom.html=ALL-UNNAMED",
            "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
            "-classpath",
            "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
    return composite(options.map(option -> vmOption(option)).toArray(Option[]::new));
  }

  private static Option testTools() {
    return composite(
        Arrays.stream(new String[] {"byte-buddy", "assertj-core", "hamcrest", "awaitility"})
            .map(name -> bundle(new File("target/bundles/" + name + ".jar").toURI().toString()))
            .toArray(Option[]::new));
  }
}
