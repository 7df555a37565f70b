package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * R12: a bundle of ours that is updated and refreshed while the registry is used leaves nothing
 * behind: no thread, no static field and no ThreadLocal of anybody keeps its former classes, nor
 * those of the bundles that were refreshed with it. The log does keep them where it keeps
 * exceptions to be read, so here it keeps none.
 */
@DisplayName("R12 Classes of bundles that were updated")
class ClassLoadersTest {

  private static final List<String> UPDATED =
      Stream.concat(RegistryFramework.OURS.stream(), Stream.of("registry.shell", "examples.fleet"))
          .toList();

  private static final Duration TO_COLLECT = Duration.ofSeconds(30);

  /**
   * Of 27 MB. What is loaded once, and late, was seen to be up to 5.5 percent; what every round
   * leaves behind, if it does, is 8 percent a round.
   */
  private static final double MOST_GROWTH = 1.1;

  private static final Path HEAP = Path.of("target", "reliability", "class-loaders.hprof");

  /** The classes of a bundle as they were before an update of this or of another bundle. */
  private record Former(String bundle, String update, WeakReference<ClassLoader> loader) {
    boolean isThere() {
      return loader.get() != null;
    }

    @Override
    public String toString() {
      return bundle + " before " + update;
    }
  }

  private final List<Former> formers = new ArrayList<>();

  @Test
  @DisplayName("are collected, and metaspace does not grow")
  void areCollected() throws Exception {
    int rounds = Effort.rounds(50, 200);
    int warm = rounds / 2;
    Random random = new Random(Seeds.next("class loaders"));
    try (RegistryFramework felix = RegistryFramework.startApart()) {
      Bundle owner = felix.owners().newBundle();
      long afterWarmUp = 0;
      for (int round = 1; round <= rounds; round++) {
        int number = round;
        List<String> order = new ArrayList<>(UPDATED);
        Collections.shuffle(order, random);
        for (String name : order) {
          Deadline.within(
              Duration.ofMinutes(2), "an update of " + name, () -> update(felix, name, number));
        }
        Deadline.within(Duration.ofMinutes(2), "the use", () -> use(felix, owner, number));
        if (round == warm) {
          collect();
          afterWarmUp = metaspace();
        }
      }
      collect();
      long atTheEnd = metaspace();
      Figures.report(
          "class loaders",
          "%d updates of each of %d bundles, all %d class loaders of before collected; metaspace %.1f MB after %d rounds, %.1f MB at the end"
              .formatted(
                  rounds, UPDATED.size(), formers.size(), afterWarmUp / 1e6, warm, atTheEnd / 1e6));
      assertThat((double) atTheEnd).as("metaspace, in bytes").isLessThan(afterWarmUp * MOST_GROWTH);
    }
  }

  private void update(RegistryFramework felix, String name, int round) throws Exception {
    Map<String, BundleWiring> before = wirings(felix);
    Bundle bundle = felix.bundle(name);
    bundle.update();
    felix.refresh(bundle);
    Map<String, BundleWiring> after = wirings(felix);
    assertThat(before.get(name).isInUse()).as("the former wiring of %s is in use", name).isFalse();
    assertThat(after.get(name)).as("the wiring of %s", name).isNotSameAs(before.get(name));
    before.forEach(
        (other, wiring) -> {
          // Those that use the bundle were refreshed with it.
          if (after.get(other) != wiring) {
            formers.add(
                new Former(
                    other,
                    "update " + round + " of " + name,
                    new WeakReference<>(wiring.getClassLoader())));
          }
        });
  }

  private static Map<String, BundleWiring> wirings(RegistryFramework felix) {
    Map<String, BundleWiring> wirings = new HashMap<>();
    UPDATED.forEach(name -> wirings.put(name, felix.bundle(name).adapt(BundleWiring.class)));
    return wirings;
  }

  /** Agents come and go, and the implementation changes, by threads that go on living. */
  private static void use(RegistryFramework felix, Bundle owner, int round) {
    String id = "agent-" + round;
    ServiceReference<?> service =
        felix.owners().newService(owner, Map.of("agent.id", id, "agent.node", "here"));
    Gogo gogo = new Gogo(felix.context());
    for (String[] flip : new String[][] {{"enable", "ets"}, {"disable", "legacy"}}) {
      awaitPrinted(
          gogo,
          "flags:" + flip[0] + " use_ets_agent_registry --reason updates",
          "use_ets_agent_registry");
      awaitPrinted(gogo, "registry:status --json", "\"" + flip[1] + "\"");
      awaitPrinted(gogo, "registry:info " + id, id);
      awaitPrinted(gogo, "registry:list '(node=here)'", id);
    }
    felix.owners().unregister(service);
  }

  private static void awaitPrinted(Gogo gogo, String line, String wanted) {
    AtomicReference<String> last = new AtomicReference<>();
    RegistryFramework.await(() -> line + " to print " + wanted + "; it gave " + last)
        .until(
            () -> {
              last.set(answer(gogo, line));
              return last.get().contains(wanted);
            });
  }

  /** What a command prints, or why it failed: it does while its services are exchanged. */
  private static String answer(Gogo gogo, String line) {
    try {
      return gogo.run(line);
    } catch (Exception e) {
      return e.toString().replace(line, "the command");
    }
  }

  private void collect() throws IOException {
    try {
      RegistryFramework.await(() -> "the collection of " + there())
          .atMost(TO_COLLECT)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                System.gc();
                return there().isEmpty();
              });
    } catch (AssertionError e) {
      Files.createDirectories(HEAP.getParent());
      Files.deleteIfExists(HEAP);
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(HEAP.toString(), true);
      throw new AssertionError(e.getMessage() + "; who keeps them is in " + HEAP, e);
    }
  }

  private List<Former> there() {
    return formers.stream().filter(Former::isThere).toList();
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().contains("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
