package io.agents.itests.karaf;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A test inside a Karaf, one for all methods of a class. Nothing here names a type of the registry:
 * it need not be installed when the test's bundle is. {@link InKaraf} speaks to it.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class KarafContainer {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject protected BundleContext context;
  @Inject protected FeaturesService features;
  @Inject protected ConfigurationAdmin configurations;

  /** Pax Exam is there before the features that Karaf starts with. */
  @Inject protected BootFinished bootFinished;

  /** As {@code feature:install} does it. */
  protected void install(String... names) throws Exception {
    for (String name : names) {
      features.installFeature(name, EnumSet.noneOf(FeaturesService.Option.class));
    }
  }

  protected static ConditionFactory await(Supplier<String> what) {
    return Awaitility.await()
        .conditionEvaluationListener(
            condition -> {
              if (condition.getRemainingTimeInMS() <= 0) {
                System.err.println("waited in vain for " + what.get());
              }
            })
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20));
  }

  protected Bundle bundle(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no bundle " + symbolicName));
  }

  /** Those of the registry, the fleet, and those that tests make. */
  protected List<Bundle> ours() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName() != null)
        .filter(bundle -> bundle.getSymbolicName().startsWith("io.agents."))
        .toList();
  }

  /**
   * Waits until Karaf has read the files that a feature has brought. It looks for new files every
   * second or two, and what is configured otherwise before that is overwritten by what they say.
   */
  protected void awaitConfigurationFilesRead() {
    for (File file :
        new File(System.getProperty("karaf.etc"))
            .listFiles((folder, name) -> name.matches("io\\.agents\\.registry\\..*\\.cfg"))) {
      String pid = file.getName().replaceAll("\\.cfg$", "");
      await(() -> "the configuration of " + file).until(() -> isRead(pid));
    }
  }

  private boolean isRead(String pid) throws IOException, InvalidSyntaxException {
    Configuration[] found = configurations.listConfigurations("(service.pid=" + pid + ")");
    return found != null && found[0].getProperties().get("felix.fileinstall.filename") != null;
  }

  protected static File etc(String name) {
    return new File(System.getProperty("karaf.etc"), name);
  }
}
