package io.agents.benchmarks;

import org.togglz.core.Feature;
import org.togglz.core.activation.GradualActivationStrategy;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.user.FeatureUser;
import org.togglz.core.user.SimpleFeatureUser;

/** Togglz: the share by its strategy for gradual rollouts. For one thread. */
final class TogglzSubject implements FlagSubject {

  /** The two flags. */
  enum Flag implements Feature {
    ON,
    SHARE
  }

  private final FeatureManager manager;
  private FeatureUser user = new SimpleFeatureUser("nobody");

  TogglzSubject() {
    manager =
        new FeatureManagerBuilder()
            .featureEnum(Flag.class)
            .stateRepository(new InMemoryStateRepository())
            .userProvider(() -> user)
            .build();
    manager.setFeatureState(new FeatureState(Flag.ON, true));
    manager.setFeatureState(
        new FeatureState(Flag.SHARE, true)
            .setStrategyId(GradualActivationStrategy.ID)
            .setParameter(GradualActivationStrategy.PARAM_PERCENTAGE, "25"));
  }

  @Override
  public boolean isOn(String name) {
    user = new SimpleFeatureUser(name);
    return manager.isActive(Flag.ON);
  }

  @Override
  public boolean isOnForShare(String name) {
    user = new SimpleFeatureUser(name);
    return manager.isActive(Flag.SHARE);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
