package io.agents.benchmarks;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.SwapReport;
import io.agents.registry.ets.internal.EtsBackend;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/**
 * Exchanges the backend of a registry in Felix again and again, while two threads look up and one
 * updates, and measures how long each call takes before, during and after.
 */
final class HotSwap {

  private static final int READERS = 2;

  /** The fewest swaps that nobody looks at. */
  private static final int WARM_UPS = 4;

  /** When so many agents have been handed over, that is compiled for good. */
  private static final int AGENTS_OF_WARM_UPS = 400_000;

  private static final int SWAPS = 10;
  private static final String SECOND_ETS = "ets2";
  private static final long PAUSE_MILLIS = 200;
  private static final long SHORT_PAUSE_MILLIS = 20;

  /** When a call was made. */
  enum Phase {
    WARM_UP,
    BEFORE,
    DURING,
    AFTER;

    /** All but the warm-up. */
    static final List<Phase> COUNTED = List.of(BEFORE, DURING, AFTER);
  }

  /**
   * What was measured.
   *
   * @param agents how many there were
   * @param nanosPerAgent the median of the swaps to each implementation, in ns
   * @param writerWaitNanos the longest time that a swap held up a writer, in ns, as its report says
   * @param readersHeldUp how often a reader waited for a lock or was parked while backends were
   *     exchanged whose own readers never wait
   * @param reads the time of each lookup, by phase, in ns
   * @param writes the time of each update, by phase, in ns
   */
  record Result(
      int agents,
      Map<String, Double> nanosPerAgent,
      long writerWaitNanos,
      long readersHeldUp,
      Map<Phase, Histogram> reads,
      Map<Phase, Histogram> writes) {

    Histogram readsIn(Phase phase) {
      return reads.get(phase);
    }

    Histogram writesIn(Phase phase) {
      return writes.get(phase);
    }
  }

  private final AgentData data;
  private final Set<Thread> readingThreads = ConcurrentHashMap.newKeySet();
  private volatile Phase phase = Phase.WARM_UP;
  private volatile boolean ended;

  private HotSwap(AgentData data) {
    this.data = data;
    data.entries().forEach(AgentData.Entry::changed);
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
          readers.add(threads.submit(reading(start, subject)));
        }
        Future<Map<Phase, Histogram>> writer =
            threads.submit(timed(0, entry -> subject.update(entry.id(), entry.changed())));
        swap(host, warmUps(), RegistryBackend.LEGACY, RegistryBackend.ETS);
        phase = Phase.BEFORE;
        TimeUnit.MILLISECONDS.sleep(5 * PAUSE_MILLIS);
        List<SwapReport> swaps = swap(host, SWAPS, RegistryBackend.LEGACY, RegistryBackend.ETS);
        phase = Phase.WARM_UP;
        long readersHeldUp = readersHeldUp(host);
        ended = true;
        return new Result(
            data.entries().size(),
            nanosPerAgent(swaps),
            swaps.stream().mapToLong(SwapReport::longestWriterWaitNanos).max().orElseThrow(),
            readersHeldUp,
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

  /** An even number, to end where it began. */
  private int warmUps() {
    return Math.max(WARM_UPS, AGENTS_OF_WARM_UPS / data.entries().size() / 2 * 2);
  }

  /** A call on one agent. */
  private interface Call {
    Object on(AgentData.Entry entry);
  }

  private Callable<Map<Phase, Histogram>> reading(int start, Subject subject) {
    Callable<Map<Phase, Histogram>> timed = timed(start, entry -> subject.lookup(entry.id()));
    return () -> {
      readingThreads.add(Thread.currentThread());
      return timed.call();
    };
  }

  /**
   * How often the readers wait while the backend is exchanged. Readers of legacy wait for its lock
   * at any time; so here a second {@code ets} takes turns with the first.
   */
  private long readersHeldUp(Host host) throws IOException, InterruptedException, BundleException {
    EtsBackend second = new EtsBackend(host.context(), Implementation.indexes());
    host.context()
        .registerService(
            RegistryBackend.class,
            second,
            FrameworkUtil.asDictionary(Map.of(RegistryBackend.IMPLEMENTATION, SECOND_ETS)));
    swap(host, 1, RegistryBackend.LEGACY, RegistryBackend.ETS);
    swap(host, 2, RegistryBackend.ETS, SECOND_ETS);
    long before = readersWaits();
    swap(host, WARM_UPS, RegistryBackend.ETS, SECOND_ETS);
    return readersWaits() - before;
  }

  /**
   * How often the readers have waited for a lock or were parked. Unlike the time of a read, it does
   * not grow because something else had the processor.
   */
  private long readersWaits() {
    if (readingThreads.size() != READERS) {
      throw new IllegalStateException(readingThreads.size() + " readers of " + READERS + " run");
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return readingThreads.stream()
        .map(thread -> threads.getThreadInfo(thread.getId()))
        .mapToLong(info -> info.getBlockedCount() + info.getWaitedCount())
        .sum();
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

  /** Swaps there and back, beginning with the second. */
  private List<SwapReport> swap(Host host, int times, String first, String second)
      throws IOException, InterruptedException, BundleException {
    List<SwapReport> swaps = new ArrayList<>();
    RegistryAdmin admin = host.service(RegistryAdmin.class);
    boolean counted = phase != Phase.WARM_UP;
    String from = first;
    for (int i = 0; i < times; i++) {
      String to = from.equals(first) ? second : first;
      long number = last(admin).number();
      if (counted) {
        phase = Phase.DURING;
      }
      RegistryBundles.choose(host, to);
      while (last(admin).number() == number) {
        TimeUnit.MICROSECONDS.sleep(100);
      }
      if (counted) {
        phase = Phase.AFTER;
      }
      swaps.add(completed(last(admin)));
      TimeUnit.MILLISECONDS.sleep(counted ? PAUSE_MILLIS : SHORT_PAUSE_MILLIS);
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

  private Map<String, Double> nanosPerAgent(List<SwapReport> swaps) {
    Map<String, Double> medians = new TreeMap<>();
    for (String to : List.of(RegistryBackend.ETS, RegistryBackend.LEGACY)) {
      List<Long> nanos =
          swaps.stream()
              .filter(swap -> swap.to().equals(to))
              .map(SwapReport::durationNanos)
              .sorted()
              .toList();
      medians.put(to, (double) nanos.get(nanos.size() / 2) / data.entries().size());
    }
    return medians;
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
