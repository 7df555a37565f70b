package io.agents.registry.shell.internal.gogo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.gogo.command.Basic;
import org.apache.felix.scr.info.ScrInfo;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.component.ComponentConstants;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;

/**
 * A framework with Declarative Services, Gogo and the bundle under test in it. The packages that
 * the bundle and the test share come from the class path, so that a test can register fakes and
 * read annotations.
 */
final class GogoFixture {

  /** Ours with the highest version that their users take. */
  private static final String SHARED =
      "io.agents.registry.api;version=1.999,io.agents.registry.flags;version=1.999,"
          + "org.slf4j;version=1.7.36,com.google.gson;version=2.13.2";

  private final Path folder;
  private final Framework framework;

  GogoFixture() throws Exception {
    folder = Files.createTempDirectory("gogo-fixture");
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(configuration);
    framework.start();
    for (Class<?> inside :
        new Class<?>[] {
          Function.class,
          Promise.class,
          ComponentConstants.class,
          ScrInfo.class,
          CommandProcessor.class,
          Basic.class
        }) {
      install(inside);
    }
    for (Bundle bundle : context().getBundles()) {
      bundle.start();
    }
    install(Printed.class).start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** The bundle under test. */
  Bundle shell() {
    return Stream.of(context().getBundles())
        .filter(bundle -> "io.agents.registry.shell".equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  /** Runs a line as a shell does, and gives what it printed. */
  String run(String line) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    // By reflection: Gogo finds out who calls whom by its own classes, so it can't share them.
    ServiceReference<?> gogo =
        context().getAllServiceReferences(CommandProcessor.class.getName(), null)[0];
    Object session =
        call(
            context().getService(gogo),
            CommandProcessor.class.getMethod(
                "createSession", InputStream.class, OutputStream.class, OutputStream.class),
            InputStream.nullInputStream(),
            out,
            out);
    try {
      Object result =
          call(session, CommandSession.class.getMethod("execute", CharSequence.class), line);
      if (result != null) {
        out.println(result);
      }
    } finally {
      call(session, CommandSession.class.getMethod("close"));
    }
    return printed.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** Calls the method of the same name and parameters. */
  private static Object call(Object target, Method method, Object... arguments) throws Exception {
    try {
      return target
          .getClass()
          .getMethod(method.getName(), method.getParameterTypes())
          .invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
  }

  /** Installs the jar or folder that a class is from. */
  private Bundle install(Class<?> inside) throws Exception {
    return context().installBundle("reference:" + location(inside));
  }

  private static String location(Class<?> inside) throws URISyntaxException {
    return inside.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
  }

  /** Stops the framework and deletes its folder. */
  void stop() throws Exception {
    framework.stop();
    FrameworkEvent end = framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    if (end.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
      throw new IllegalStateException("the framework does not stop");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new IllegalStateException(folder + " can't be deleted", e);
    }
  }
}
