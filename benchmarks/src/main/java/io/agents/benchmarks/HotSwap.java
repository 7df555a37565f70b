package io.agents.benchmarks;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.SwapReport;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.osgi.framework.BundleException;

/**
 * Exchanges the backend of a registry in Felix again and again, while two threads look up and one
 * updates, and measures how long each call takes before, during and after.
 */
final class HotSwap {

  private static final int READERS = 2;
  private static final int SWAPS = 10;
  private static final long PAUSE_MILLIS = 200;

  /** When a call was made. */
  enum Phase {
    BEFORE,
    DURING,
    AFTER
  }

  /**
   * What was measured.
   *
   * @param agents how many there were
   * @param nanosPerAgent the median of the swaps from legacy to ets
   * @param reads the time of each lookup, by phase, in ns
   * @param writes the time of each update, by phase, in ns
   */
  record Result(
      int agents, double nanosPerAgent, Map<Phase, Histogram> reads, Map<Phase, Histogram> writes) {

    Histogram readsIn(Phase phase) {
      return reads.get(phase);
    }

    Histogram writesIn(Phase phase) {
      return writes.get(phase);
    }
  }

  private final AgentData data;
  private volatile Phase phase = Phase.BEFORE;
  private volatile boolean ended;

  private HotSwap(AgentData data) {
    this.data = data;
  }

  /** Measures with so many agents. */
  static Result measure(int agents) throws BundleException, IOException {
    return new HotSwap(new AgentData(agents)).run();
  }

  private Result run() throws BundleException, IOException {
    try (Host host = new Host()) {
      AgentRegistry registry = RegistryBundles.startBoth(host, RegistryBackend.LEGACY);
      RegistrySubject subject = new RegistrySubject(registry);
      Population.fill(subject, data, host);
      ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
      try {
        List<Future<Map<Phase, Histogram>>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
          int start = i * data.entries().size() / READERS;
          readers.add(threads.submit(timed(start, entry -> subject.lookup(entry.id()))));
        }
        Future<Map<Phase, Histogram>> writer =
            threads.submit(timed(0, entry -> subject.update(entry.id(), entry.changed())));
        List<SwapReport> swaps = swap(host);
        ended = true;
        return new Result(
            data.entries().size(),
            median(swaps) / data.entries().size(),
            merged(readers),
            merged(List.of(writer)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while swapping", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a call failed during a swap", e.getCause());
      } finally {
        ended = true;
        threads.shutdownNow();
      }
    }
  }

  /** A call on one agent. */
  private interface Call {
    Object on(AgentData.Entry entry);
  }

  private Callable<Map<Phase, Histogram>> timed(int start, Call call) {
    return () -> {
      Map<Phase, Histogram> times = newHistograms();
      List<AgentData.Entry> entries = data.shuffled();
      int at = start;
      while (!ended) {
        AgentData.Entry entry = entries.get(at);
        at = (at + 1) % entries.size();
        Phase begun = phase;
        long begin = System.nanoTime();
        Require.that(call.on(entry) != null, entry.id());
        long took = System.nanoTime() - begin;
        // A call that began before the swap and was held up by it belongs to the swap.
        Phase counted = begun == Phase.DURING ? begun : phase;
        times.get(counted).recordValue(took);
      }
      return times;
    };
  }

  private List<SwapReport> swap(Host host)
      throws IOException, InterruptedException, BundleException {
    List<SwapReport> swaps = new ArrayList<>();
    RegistryAdmin admin = host.service(RegistryAdmin.class);
    TimeUnit.MILLISECONDS.sleep(5 * PAUSE_MILLIS);
    String from = RegistryBackend.LEGACY;
    for (int i = 0; i < SWAPS; i++) {
      String to =
          from.equals(RegistryBackend.LEGACY) ? RegistryBackend.ETS : RegistryBackend.LEGACY;
      long number = last(admin).number();
      phase = Phase.DURING;
      RegistryBundles.choose(host, to);
      while (last(admin).number() == number) {
        TimeUnit.MICROSECONDS.sleep(100);
      }
      phase = Phase.AFTER;
      swaps.add(completed(last(admin)));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      from = to;
    }
    return swaps;
  }

  private static SwapReport last(RegistryAdmin admin) {
    List<SwapReport> swaps = admin.swaps();
    return swaps.get(swaps.size() - 1);
  }

  private static SwapReport completed(SwapReport swap) {
    if (swap.outcome() != SwapReport.Outcome.COMPLETED) {
      throw new IllegalStateException("a swap was abandoned: " + swap.reason());
    }
    return swap;
  }

  private static double median(List<SwapReport> swaps) {
    List<Long> nanos =
        swaps.stream()
            .filter(swap -> swap.to().equals(RegistryBackend.ETS))
            .map(SwapReport::durationNanos)
            .sorted()
            .toList();
    return nanos.get(nanos.size() / 2);
  }

  private static Map<Phase, Histogram> merged(List<Future<Map<Phase, Histogram>>> all)
      throws InterruptedException, ExecutionException {
    Map<Phase, Histogram> merged = newHistograms();
    for (Future<Map<Phase, Histogram>> one : all) {
      for (Phase each : Phase.values()) {
        merged.get(each).add(one.get().get(each));
      }
    }
    return merged;
  }

  private static Map<Phase, Histogram> newHistograms() {
    Map<Phase, Histogram> histograms = new EnumMap<>(Phase.class);
    for (Phase each : Phase.values()) {
      histograms.put(each, new Histogram(3));
    }
    return histograms;
  }
}
