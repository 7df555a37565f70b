package io.agents.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Makes bundles that own agents: with no code of their own, services are registered in their name.
 */
public final class Owners {

  private final BundleContext context;
  private final AtomicInteger numbers = new AtomicInteger();

  Owners(BundleContext context) {
    this.context = context;
  }

  /** A new bundle, started. */
  Bundle bundle() {
    String name = "test.owner" + numbers.incrementAndGet();
    try {
      Bundle bundle = context.installBundle("owner:" + name, jar(name));
      bundle.start();
      return bundle;
    } catch (BundleException e) {
      throw new AssertionError(e);
    }
  }

  static ServiceRegistration<?> register(Bundle owner, Map<String, ?> properties) {
    return owner
        .getBundleContext()
        .registerService(Runnable.class, () -> {}, FrameworkUtil.asDictionary(properties));
  }

  static ServiceReference<?> service(Bundle owner) {
    return register(owner, Map.of()).getReference();
  }

  /** A service of a new bundle. */
  ServiceReference<?> service() {
    return service(bundle());
  }

  private static InputStream jar(String symbolicName) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
