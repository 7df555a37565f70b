package io.agents.registry.flags.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/**
 * Configurations in memory. Worse than a real ConfigurationAdmin where that is allowed:
 * asynchronous events come on four threads, in random order, and some only as one with others.
 */
final class FakeConfigurationAdmin implements ConfigurationAdmin, AutoCloseable {

  private final Random random;
  private final ExecutorService dispatcher = Executors.newFixedThreadPool(4);
  private final List<ConfigurationListener> synchronous = new CopyOnWriteArrayList<>();
  private final List<ConfigurationListener> asynchronous = new CopyOnWriteArrayList<>();

  // Guarded by this object's lock.
  private final Map<String, FakeConfiguration> configurations = new HashMap<>();
  private final List<String> undelivered = new ArrayList<>();
  private final List<Map<String, Object>> writes = new ArrayList<>();
  private IOException failure;
  private int deletionsWhileUpdating;

  FakeConfigurationAdmin(long seed) {
    random = new Random(seed);
  }

  Runnable listen(ConfigurationListener listener, boolean inStep) {
    List<ConfigurationListener> listeners = inStep ? synchronous : asynchronous;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** What was written, in order, by whomever. */
  synchronized List<Map<String, Object>> writes() {
    return List.copyOf(writes);
  }

  /** Makes every access fail; null to end that. */
  synchronized void fail(IOException with) {
    failure = with;
  }

  /** Makes the next updates find their configuration deleted by somebody else. */
  synchronized void deleteWhileUpdating(int times) {
    deletionsWhileUpdating = times;
  }

  /** Writes as somebody else would. */
  void put(String pid, Map<String, ?> values) throws IOException {
    getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(values));
  }

  /** What stands there; null if there is no configuration. */
  synchronized Map<String, Object> values(String pid) {
    FakeConfiguration configuration = configurations.get(pid);
    return configuration == null ? null : configuration.values;
  }

  /** How often it was changed since it was made. */
  synchronized long changes(String pid) {
    return configurations.get(pid).changes;
  }

  void delete(String pid) throws IOException {
    getConfiguration(pid, "?").delete();
  }

  private void event(String pid, int type) {
    ConfigurationEvent event = new ConfigurationEvent(reference(), type, null, pid);
    synchronous.forEach(listener -> listener.configurationEvent(event));
    synchronized (this) {
      undelivered.add(pid);
    }
    Future<?> unused = dispatcher.submit(this::deliver);
  }

  /**
   * One of the events that are under way, whichever; with it all others of its PID, now and then.
   */
  private void deliver() {
    String pid;
    synchronized (this) {
      if (undelivered.isEmpty()) {
        return;
      }
      pid = undelivered.remove(random.nextInt(undelivered.size()));
      if (random.nextInt(4) == 0) {
        undelivered.removeIf(pid::equals);
      }
    }
    ConfigurationEvent event =
        new ConfigurationEvent(reference(), ConfigurationEvent.CM_UPDATED, null, pid);
    asynchronous.forEach(listener -> listener.configurationEvent(event));
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<ConfigurationAdmin> reference() {
    return (ServiceReference<ConfigurationAdmin>)
        Proxy.newProxyInstance(
            FakeConfigurationAdmin.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) -> null);
  }

  private synchronized void failIfAsked() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized Configuration getConfiguration(String pid, String location)
      throws IOException {
    failIfAsked();
    return configurations.computeIfAbsent(pid, FakeConfiguration::new).face();
  }

  @Override
  public synchronized Configuration[] listConfigurations(String filter) throws IOException {
    failIfAsked();
    Configuration[] found =
        configurations.values().stream()
            .filter(c -> c.values != null && filter.equals("(service.pid=" + c.pid + ")"))
            .map(FakeConfiguration::face)
            .toArray(Configuration[]::new);
    return found.length == 0 ? null : found;
  }

  @Override
  public void close() {
    dispatcher.shutdownNow();
    try {
      if (!dispatcher.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a listener does not return");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class FakeConfiguration {

    private final String pid;
    private Map<String, Object> values;
    private long changes;
    private boolean deleted;

    FakeConfiguration(String pid) {
      this.pid = pid;
    }

    Configuration face() {
      return (Configuration)
          Proxy.newProxyInstance(
              FakeConfigurationAdmin.class.getClassLoader(),
              new Class<?>[] {Configuration.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getProperties" -> properties();
                    case "getChangeCount" -> changes();
                    case "update" -> update((Dictionary<?, ?>) arguments[0]);
                    case "delete" -> delete();
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    private Dictionary<String, Object> properties() {
      synchronized (FakeConfigurationAdmin.this) {
        check();
        return values == null ? null : FrameworkUtil.asDictionary(values);
      }
    }

    private long changes() {
      synchronized (FakeConfigurationAdmin.this) {
        check();
        return changes;
      }
    }

    private Object update(Dictionary<?, ?> next) throws IOException {
      synchronized (FakeConfigurationAdmin.this) {
        failIfAsked();
        if (deletionsWhileUpdating > 0) {
          deletionsWhileUpdating--;
          deleted = true;
          configurations.remove(pid);
        }
        check();
        Map<String, Object> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Object key : Collections.list(next.keys())) {
          copy.put((String) key, next.get(key));
        }
        copy.put("service.pid", pid);
        values = Collections.unmodifiableMap(copy);
        writes.add(values);
        changes++;
      }
      event(pid, ConfigurationEvent.CM_UPDATED);
      return null;
    }

    private Object delete() {
      synchronized (FakeConfigurationAdmin.this) {
        check();
        deleted = true;
        configurations.remove(pid);
      }
      event(pid, ConfigurationEvent.CM_DELETED);
      return null;
    }

    private void check() {
      if (deleted) {
        throw new IllegalStateException("Configuration " + pid + " deleted");
      }
    }
  }

  @Override
  public Configuration createFactoryConfiguration(String factoryPid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration createFactoryConfiguration(String factoryPid, String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getConfiguration(String pid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getFactoryConfiguration(String factoryPid, String name) {
    throw new UnsupportedOperationException();
  }
}
