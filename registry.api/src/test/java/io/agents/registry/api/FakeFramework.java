package io.agents.registry.api;

import java.lang.reflect.Proxy;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Bundles and service references for values and messages; they know no more than those ask for. */
final class FakeFramework {

  private FakeFramework() {}

  static Bundle bundle(long id, String symbolicName) {
    return proxy(
        Bundle.class,
        method ->
            switch (method) {
              case "getBundleId" -> id;
              case "getSymbolicName" -> symbolicName;
              default -> null;
            });
  }

  static ServiceReference<?> service(long id, Bundle bundle) {
    return proxy(
        ServiceReference.class,
        method ->
            switch (method) {
              case "getBundle" -> bundle;
              case "getProperty" -> id;
              default -> null;
            });
  }

  private static <T> T proxy(Class<T> type, java.util.function.Function<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> type.getSimpleName();
                  default -> answers.apply(method.getName());
                }));
  }
}
