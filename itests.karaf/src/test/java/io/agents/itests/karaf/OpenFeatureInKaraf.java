package io.agents.itests.karaf;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.agents.registry.flags.FeatureFlags;

/** What code that speaks OpenFeature sees in Karaf; made once the feature is installed. */
final class OpenFeatureInKaraf {

  private OpenFeatureInKaraf() {}

  /** What the flag is: {@code on} or {@code off}; {@code no answer}, if nobody answers. */
  static String etsFlag() {
    Client client = OpenFeatureAPI.getInstance().getClient("io.agents.registry");
    boolean on = client.getBooleanValue(FeatureFlags.USE_ETS, false);
    boolean notOff = client.getBooleanValue(FeatureFlags.USE_ETS, true);
    return on != notOff ? "no answer" : on ? "on" : "off";
  }
}
