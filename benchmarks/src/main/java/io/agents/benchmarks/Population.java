package io.agents.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** An implementation, full of agents. */
final class Population implements AutoCloseable {

  private final AgentData data;
  private final Host host;
  private final Subject subject;
  private final List<ServiceReference<?>> owners = new ArrayList<>();

  /**
   * Opens an implementation and registers all agents of the data.
   *
   * @throws IllegalStateException if it does not start, or does not hold them all then
   */
  Population(Implementation implementation, AgentData data) throws BundleException, IOException {
    this.data = data;
    host = new Host();
    try {
      subject = implementation.open(host);
      for (AgentData.Entry entry : data.entries()) {
        if (entry.owner() == owners.size()) {
          owners.add(host.newOwner());
        }
        register(entry);
      }
      if (subject.count() != data.entries().size()) {
        throw new IllegalStateException(
            implementation + " holds " + subject.count() + " of " + data.entries().size());
      }
    } catch (BundleException | IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  AgentData data() {
    return data;
  }

  Subject subject() {
    return subject;
  }

  /** Registers an agent of the data, which must not be registered. */
  void register(AgentData.Entry entry) {
    subject.register(entry.id(), owners.get(entry.owner()), entry.metadata());
  }

  @Override
  public void close() throws BundleException, IOException {
    host.close();
  }
}
