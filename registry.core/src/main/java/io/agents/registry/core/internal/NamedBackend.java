package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;

/** A backend and the implementation that it says it is. */
record NamedBackend(String name, RegistryBackend backend) {}
