package io.agents.registry.flags.openfeature.internal;

import dev.openfeature.sdk.OpenFeatureAPI;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Ends the threads of the SDK with the bundle that it is in. */
public final class Activator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    // Components do the rest.
  }

  @Override
  public void stop(BundleContext context) {
    if (context.getBundle().equals(FrameworkUtil.getBundle(OpenFeatureAPI.class))) {
      // It can be used again afterwards.
      OpenFeatureAPI.getInstance().shutdown();
    }
  }
}
