package io.agents.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.osgi.framework.BundleException;

/**
 * How much heap agents take: what is used after collections with all agents, less what was used
 * without any, each implementation in a virtual machine of its own. The agents themselves and their
 * metadata count too, in every implementation.
 */
final class MemoryUse {

  private static final int COLLECTIONS = 5;

  private MemoryUse() {}

  /**
   * Measures in a new virtual machine.
   *
   * @return bytes of heap for one agent
   * @throws IOException if the virtual machine fails; its output tells why
   */
  static double bytesPerAgent(Implementation implementation, int agents, String heap)
      throws IOException {
    String bytes =
        OtherMachine.run(
            MemoryUse.class,
            List.of("-XX:+UseSerialGC", "-Xmx" + heap),
            implementation.name(),
            String.valueOf(agents));
    return Double.parseDouble(bytes) / agents;
  }

  /**
   * Prints the bytes that all agents take.
   *
   * @param arguments the implementation and the number of agents
   * @throws Exception if that fails
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    System.out.println(
        measured(Implementation.valueOf(arguments[0]), Integer.parseInt(arguments[1])));
  }

  private static long measured(Implementation implementation, int agents)
      throws BundleException, IOException {
    try (Host host = new Host()) {
      Subject subject = implementation.open(host);
      long before = used();
      Population.fill(subject, new AgentData(agents), host);
      long after = used();
      if (subject.count() != agents) {
        throw new IllegalStateException("there are " + subject.count() + " agents of " + agents);
      }
      return after - before;
    }
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
