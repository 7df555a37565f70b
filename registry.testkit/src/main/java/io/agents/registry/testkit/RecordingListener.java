package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A listener that remembers what it was told, for any thread to look at. */
public final class RecordingListener implements RegistryListener {

  // All guarded by this.
  private final List<List<Agent>> present = new ArrayList<>();
  private final List<RegistryEvent> events = new ArrayList<>();
  private long missed;

  private final Consumer<? super RegistryEvent> action;

  /** A listener that was told nothing yet. */
  public RecordingListener() {
    this(event -> {});
  }

  /**
   * A listener that does something with each event.
   *
   * @param action is given each event before it is remembered, on the thread that brings it, under
   *     no lock
   */
  public RecordingListener(Consumer<? super RegistryEvent> action) {
    this.action = action;
  }

  @Override
  public synchronized void present(List<Agent> agents) {
    present.add(List.copyOf(agents));
  }

  @Override
  public void changed(RegistryEvent event) {
    action.accept(event);
    synchronized (this) {
      events.add(event);
    }
  }

  @Override
  public synchronized void missed(long count) {
    missed += count;
  }

  /**
   * What {@link #present} was told, call by call.
   *
   * @return a copy
   */
  public synchronized List<List<Agent>> presentations() {
    return List.copyOf(present);
  }

  /**
   * What {@link #changed} was told.
   *
   * @return a copy
   */
  public synchronized List<RegistryEvent> events() {
    return List.copyOf(events);
  }

  /**
   * How many events were missed in all.
   *
   * @return the sum of what {@link #missed} was told
   */
  public synchronized long missedEvents() {
    return missed;
  }

  /** Waits until the listener was told what is there. */
  public void awaitPresent() {
    Eventually.holds("the listener is told what is there", () -> !presentations().isEmpty());
  }

  /**
   * Waits for events.
   *
   * @param count how many
   * @return all events so far, at least so many
   */
  public List<RegistryEvent> awaitEvents(int count) {
    Eventually.passes(
        count + " events",
        () -> assertThat(events()).as("events so far").hasSizeGreaterThanOrEqualTo(count));
    return events();
  }
}
