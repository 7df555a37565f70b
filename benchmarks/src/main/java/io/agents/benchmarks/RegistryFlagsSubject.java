package io.agents.benchmarks;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagValue;
import java.io.IOException;
import java.util.Map;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** The flags of the registry, in Felix. */
final class RegistryFlagsSubject implements FlagSubject {

  private static final String PLAIN = FeatureFlags.USE_ETS;
  private static final String SHARE = "share";

  private final Host host;
  private final FeatureFlags flags;

  RegistryFlagsSubject() throws BundleException, IOException {
    host = new Host();
    RegistryBundles.startPlatform(host);
    host.service(ConfigurationAdmin.class)
        .getConfiguration(FeatureFlags.PID, "?")
        .update(FrameworkUtil.asDictionary(Map.of(PLAIN, "on", SHARE, "25%")));
    host.context()
        .registerService(FlagDefinition.class, FlagDefinition.of(SHARE, "", FlagValue.OFF), null);
    host.start("io.agents.registry.flags.internal.FlagsComponent");
    flags = host.service(FeatureFlags.class);
  }

  @Override
  public boolean isOn(String user) {
    return flags.isEnabled(PLAIN, user);
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
