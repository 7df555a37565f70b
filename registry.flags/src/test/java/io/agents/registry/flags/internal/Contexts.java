package io.agents.registry.flags.internal;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Bundle contexts that bring the listeners which are registered with them to a {@link
 * FakeConfigurationAdmin}.
 */
final class Contexts {

  private Contexts() {}

  /**
   * Makes a context.
   *
   * @param admin what is listened to
   * @param inStep whether it tells synchronous listeners
   * @param data the bundle's data area; null for none
   */
  static BundleContext listeningTo(FakeConfigurationAdmin admin, boolean inStep, Path data) {
    return proxy(
        BundleContext.class,
        (method, arguments) ->
            switch (method) {
              case "getProperty" -> null;
              case "getDataFile" ->
                  data == null ? null : new File(data.toFile(), (String) arguments[0]);
              case "registerService" -> {
                boolean synchronous = arguments[0] == SynchronousConfigurationListener.class;
                yield registration(
                    synchronous && !inStep
                        ? () -> {}
                        : admin.listen((ConfigurationListener) arguments[1], synchronous));
              }
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private static ServiceRegistration<?> registration(Runnable unregister) {
    return proxy(
        ServiceRegistration.class,
        (method, arguments) -> {
          unregister.run();
          return null;
        });
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            Contexts.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
