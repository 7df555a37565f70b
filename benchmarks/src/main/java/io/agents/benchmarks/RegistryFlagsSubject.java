package io.agents.benchmarks;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.internal.FlagsComponent;
import io.agents.registry.flags.internal.NodeConfiguration;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Two flags of the registry, which follow a real ConfigurationAdmin; nothing follows them. */
final class RegistryFlagsSubject implements FlagSubject {

  private static final String ON = FeatureFlags.USE_ETS;
  private static final String SHARE = Rollout.SHADOW;

  private final Host host;
  private final FeatureFlags flags;

  RegistryFlagsSubject() throws BundleException, IOException {
    host = new Host();
    host.start("org.apache.felix.cm.impl.ConfigurationManager");
    ConfigurationAdmin admin = host.service(ConfigurationAdmin.class);
    admin
        .getConfiguration(FeatureFlags.PID, "?")
        .update(FrameworkUtil.asDictionary(Map.of(ON, "on", SHARE, "25%")));
    flags = new FlagsComponent(host.context(), admin, nothingConfigured(), Map.of());
  }

  private static NodeConfiguration nothingConfigured() {
    return (NodeConfiguration)
        Proxy.newProxyInstance(
            NodeConfiguration.class.getClassLoader(),
            new Class<?>[] {NodeConfiguration.class},
            (proxy, method, arguments) -> method.getDefaultValue());
  }

  @Override
  public boolean isOn(String user) {
    return flags.isEnabled(ON, user);
  }

  @Override
  public boolean isOnForShare(String user) {
    return flags.isEnabled(SHARE, user);
  }

  @Override
  public void close() throws BundleException, IOException {
    host.close();
  }
}
