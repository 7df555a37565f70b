package io.agents.benchmarks;

import java.util.Locale;

/** Whose flags can be measured. */
public enum FlagLibrary {
  /** Those of {@code registry.flags}. */
  REGISTRY_FLAGS {
    @Override
    FlagSubject open() throws Exception {
      return new RegistryFlagsSubject();
    }
  },

  /** Togglz, with its repository in memory. */
  TOGGLZ {
    @Override
    FlagSubject open() {
      return new TogglzSubject();
    }
  },

  /** The OpenFeature SDK, with its provider in memory. */
  OPENFEATURE {
    @Override
    FlagSubject open() {
      return new OpenFeatureSubject();
    }
  };

  /** Opens it with its two flags. */
  abstract FlagSubject open() throws Exception;

  /** The name for people. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
