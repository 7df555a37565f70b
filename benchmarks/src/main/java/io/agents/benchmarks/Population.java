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
    this(implementation, data, true);
  }

  private Population(Implementation implementation, AgentData data, boolean full)
      throws BundleException, IOException {
    this.data = data;
    host = new Host();
    try {
      subject = implementation.open(host);
      for (AgentData.Entry entry : data.entries()) {
        if (entry.owner() == owners.size()) {
          owners.add(host.newOwner());
        }
      }
      if (full) {
        fill();
      }
    } catch (BundleException | IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /** Opens an implementation, and makes the owners, but no agents yet. */
  static Population empty(Implementation implementation, AgentData data)
      throws BundleException, IOException {
    return new Population(implementation, data, false);
  }

  /**
   * Registers all agents.
   *
   * @throws IllegalStateException if not all are there then
   */
  void fill() {
    data.entries().forEach(this::register);
    if (subject.count() != data.entries().size()) {
      throw new IllegalStateException(
          "there are " + subject.count() + " agents of " + data.entries().size());
    }
  }

  /**
   * Has what the filling left behind collected. Where it lies between the agents they are spread
   * over the memory, and a lookup costs up to four times as much, until the first collection moves
   * them.
   */
  void settle() {
    System.gc();
  }

  /** Registers all agents of the data, with owners that it makes. */
  static void fill(Subject subject, AgentData data, Host host) {
    List<ServiceReference<?>> owners = new ArrayList<>();
    for (AgentData.Entry entry : data.entries()) {
      if (entry.owner() == owners.size()) {
        owners.add(host.newOwner());
      }
      subject.register(entry.id(), owners.get(entry.owner()), entry.metadata());
    }
  }

  Host host() {
    return host;
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
