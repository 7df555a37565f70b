package io.agents.registry.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * A bundle that needs no framework. It has an id, a symbolic name, a version and a state; whatever
 * else is asked of it is refused with an {@link UnsupportedOperationException} that names the
 * method.
 */
final class FakeBundle implements InvocationHandler {

  private final long id;
  private final String symbolicName;
  private final AtomicInteger state = new AtomicInteger(Bundle.ACTIVE);

  private FakeBundle(long id, String symbolicName) {
    this.id = id;
    this.symbolicName = symbolicName;
  }

  static Bundle create(long id, String symbolicName) {
    return (Bundle)
        Proxy.newProxyInstance(
            FakeBundle.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            new FakeBundle(id, symbolicName));
  }

  static void setState(Bundle bundle, int state) {
    ((FakeBundle) Proxy.getInvocationHandler(bundle)).state.set(state);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getBundleId" -> id;
      case "getSymbolicName" -> symbolicName;
      case "getVersion" -> Version.emptyVersion;
      case "getLocation" -> "fake:" + symbolicName;
      case "getLastModified" -> 0L;
      case "getState" -> state.get();
      case "compareTo" -> Long.compare(id, ((Bundle) arguments[0]).getBundleId());
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> Long.hashCode(id);
      case "toString" -> symbolicName + " [" + id + "]";
      default ->
          throw new UnsupportedOperationException(
              method.getName() + " is not supported by a bundle without a framework");
    };
  }
}
