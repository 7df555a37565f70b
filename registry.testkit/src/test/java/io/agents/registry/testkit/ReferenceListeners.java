package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The listeners of the reference registry: a thread each. Told under the registry's lock, in order.
 */
final class ReferenceListeners {

  final AtomicLong missed = new AtomicLong();
  private final List<Told> all = new CopyOnWriteArrayList<>();

  private final class Told {
    final RegistryListener listener;
    final Query filter;
    final ExecutorService thread = Executors.newSingleThreadExecutor();
    long number;

    Told(RegistryListener listener, String filter) {
      this.listener = listener;
      this.filter = filter.isEmpty() ? null : Query.parse(filter);
    }

    boolean concerns(Agent agent) {
      return filter == null || filter.matches(agent.metadata());
    }

    void send(RegistryEvent event) {
      thread.execute(
          () -> {
            try {
              listener.changed(event);
            } catch (RuntimeException e) {
              missed.incrementAndGet();
            }
          });
    }
  }

  Runnable add(RegistryListener listener, String filter, List<Agent> agents) {
    Told told = new Told(listener, filter);
    List<Agent> present = agents.stream().filter(told::concerns).toList();
    told.thread.execute(() -> listener.present(present));
    all.add(told);
    return () -> {
      all.remove(told);
      told.thread.shutdown();
    };
  }

  void tell(
      RegistryEvent.Type type,
      Agent agent,
      Optional<Agent> previous,
      Optional<RegistryEvent.Reason> reason) {
    for (Told told : all) {
      if (told.concerns(agent) || previous.filter(told::concerns).isPresent()) {
        told.send(new RegistryEvent(++told.number, type, agent, previous, reason));
      }
    }
  }

  int size() {
    return all.size();
  }

  void close() {
    all.forEach(told -> told.thread.shutdown());
  }
}
