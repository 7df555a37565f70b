package io.agents.benchmarks;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.Operation;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;

/**
 * Measures what a lookup costs while calls are measured, and while one of a hundred is compared in
 * addition, as times of what it costs otherwise: in one virtual machine, by one registry with its
 * mirror in step, whose settings change from moment to moment. What differs from one virtual
 * machine to the next, and from one minute to the next, is several times the difference that is
 * looked for.
 */
final class WatchingCost {

  private static final int ROUNDS = 15;
  private static final int WARM_UPS = 3;
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** So many looks in a row have to find that the settings are in force. */
  private static final int LOOKS = 4;

  private static final int LOOKUPS_PER_CLOCK = 256;

  /** What is watched. */
  private enum Watched {
    NOTHING(false, "0"),
    CALLS(true, "0"),
    CALLS_AND_ANSWERS(true, "1");

    private final boolean measured;
    private final String percent;

    Watched(boolean measured, String percent) {
      this.measured = measured;
      this.percent = percent;
    }

    Map<String, Object> settings() {
      return Map.of(
          "mirror.implementation",
          RegistryBackend.LEGACY,
          "measure.calls",
          measured,
          "comparison.percent",
          percent);
    }

    boolean isCompared() {
      return this == CALLS_AND_ANSWERS;
    }
  }

  /**
   * Quotients of two costs, one for each round.
   *
   * @param median the one in the middle
   * @param low a quarter is less
   * @param high a quarter is more
   */
  record Quotient(double median, double low, double high) {

    static Quotient of(List<Double> all) {
      List<Double> sorted = all.stream().sorted().toList();
      int last = sorted.size() - 1;
      return new Quotient(sorted.get(last / 2), sorted.get(last / 4), sorted.get(last - last / 4));
    }

    private static Quotient read(Scanner text) {
      return new Quotient(text.nextDouble(), text.nextDouble(), text.nextDouble());
    }

    private String written() {
      return median + " " + low + " " + high;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", median, low, high);
    }
  }

  /**
   * What was measured.
   *
   * @param agents how many there were
   * @param measured a lookup where calls are measured, as times of one where nothing is watched
   * @param compared a lookup where 1% of the reads are compared too, as times of one where not
   */
  record Result(int agents, Quotient measured, Quotient compared) {

    static Result read(String written) {
      Scanner text = new Scanner(written).useLocale(Locale.ROOT);
      return new Result(text.nextInt(), Quotient.read(text), Quotient.read(text));
    }

    /** As {@link #read} reads it. */
    String written() {
      return agents + " " + measured.written() + " " + compared.written();
    }
  }

  private final Host host;
  private final RegistryAdmin admin;
  private final AgentRegistry registry;
  private final List<AgentData.Entry> entries;
  private int at;

  private WatchingCost(Host host, AgentRegistry registry, AgentData data) {
    this.host = host;
    this.registry = registry;
    this.admin = host.service(RegistryAdmin.class);
    this.entries = data.shuffled();
  }

  /**
   * Measures with so many agents, in a new virtual machine: code that has served other
   * implementations too is compiled otherwise.
   */
  static Result measure(int agents, CommandLine.Mode mode) throws IOException {
    return Result.read(
        OtherMachine.run(WatchingCost.class, mode.machineOptions(), String.valueOf(agents)));
  }

  /**
   * Prints what was measured.
   *
   * @param arguments the number of agents
   * @throws Exception if that fails
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    System.out.println(measure(Integer.parseInt(arguments[0]), WARM_UPS, ROUNDS).written());
  }

  static Result measure(int agents, int warmUps, int rounds) throws BundleException, IOException {
    AgentData data = new AgentData(agents);
    try (Host host = new Host()) {
      AgentRegistry registry =
          RegistryBundles.start(host, RegistryBackend.ETS, Watched.NOTHING.settings());
      Population.fill(new RegistrySubject(registry), data, host);
      return new WatchingCost(host, registry, data).run(warmUps, rounds);
    }
  }

  private Result run(int warmUps, int rounds) throws IOException {
    Random random = new Random(1);
    List<Double> measured = new ArrayList<>();
    List<Double> compared = new ArrayList<>();
    for (int round = 0; round < warmUps + rounds; round++) {
      List<Watched> order = new ArrayList<>(List.of(Watched.values()));
      Collections.shuffle(order, random);
      Map<Watched, Double> nanos = new EnumMap<>(Watched.class);
      for (Watched watched : order) {
        RegistryBundles.configure(host, RegistryBackend.ETS, watched.settings());
        awaitInForce(watched);
        nanos.put(watched, nanosPerLookup(WINDOW_NANOS));
      }
      if (round >= warmUps) {
        measured.add(nanos.get(Watched.CALLS) / nanos.get(Watched.NOTHING));
        compared.add(nanos.get(Watched.CALLS_AND_ANSWERS) / nanos.get(Watched.CALLS));
      }
    }
    return new Result(entries.size(), Quotient.of(measured), Quotient.of(compared));
  }

  /** The registry is told of its settings some time after they were written. */
  private void awaitInForce(Watched watched) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int inForce = 0;
    while (inForce < LOOKS) {
      long calls = calls();
      long comparisons = comparisons();
      nanosPerLookup(LOOK_NANOS);
      boolean isMeasured = calls() > calls;
      boolean isCompared = comparisons() > comparisons;
      boolean asWanted = isMeasured == watched.measured && isCompared == watched.isCompared();
      inForce = asWanted ? inForce + 1 : 0;
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the settings for " + watched + " do not take effect");
      }
    }
  }

  private long calls() {
    CallStatistics calls = admin.calls();
    return calls.of(RegistryBackend.ETS, Operation.LOOKUP).calls();
  }

  private long comparisons() {
    ComparisonReport report = admin.comparison();
    return report.compared() + report.notCompared();
  }

  private double nanosPerLookup(long nanos) {
    long begin = System.nanoTime();
    long now = begin;
    long lookups = 0;
    while (now - begin < nanos) {
      for (int i = 0; i < LOOKUPS_PER_CLOCK; i++) {
        String id = entries.get(at).id();
        at = at + 1 == entries.size() ? 0 : at + 1;
        Require.that(registry.lookup(id).isPresent(), id);
      }
      lookups += LOOKUPS_PER_CLOCK;
      now = System.nanoTime();
    }
    return (double) (now - begin) / lookups;
  }

  /** A row for each number of agents. */
  static String table(List<Result> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "agents",
            "calls measured, times nothing watched",
            "1% compared too, times calls measured"));
    for (Result result : results) {
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%,d", result.agents()),
              result.measured().toString(),
              result.compared().toString()));
    }
    return MarkdownTable.of(rows);
  }
}
