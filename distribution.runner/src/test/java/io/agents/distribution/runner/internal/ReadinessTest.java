package io.agents.distribution.runner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class ReadinessTest {

  @TempDir private Path folder;

  private Framework framework;

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
  }

  @Test
  void nothingIsMissingOnceTheServicesAreThere() throws Exception {
    BundleContext context = start("(objectClass=java.lang.Runnable) (name=late)");
    CompletableFuture<List<String>> missing = waiting(context, Duration.ofSeconds(30));
    context.registerService(Runnable.class, () -> {}, null);
    Runnable late = () -> {};
    context.registerService(
        Runnable.class, late, FrameworkUtil.asDictionary(Map.of("name", "late")));
    assertThat(missing.get(30, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    BundleContext context = start("(objectClass=java.lang.Runnable) (name=never)");
    context.registerService(Runnable.class, () -> {}, null);
    assertThat(new Readiness(context, Duration.ofMillis(50)).await())
        .containsExactly("there is no service (name=never)");
  }

  @Test
  void aFilterThatDoesNotParseIsNamed() throws Exception {
    BundleContext context = start("(nonsense");
    assertThat(new Readiness(context, Duration.ofMillis(50)).await())
        .containsExactly("there is no service (nonsense");
  }

  private CompletableFuture<List<String>> waiting(BundleContext context, Duration timeout) {
    CompletableFuture<List<String>> result = new CompletableFuture<>();
    Consumer<Throwable> failed = result::completeExceptionally;
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(new Readiness(context, timeout).await());
              } catch (InterruptedException e) {
                failed.accept(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private BundleContext start(String awaited) throws Exception {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    configuration.put(Readiness.AWAIT, awaited);
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(configuration);
    framework.start();
    return framework.getBundleContext();
  }
}
