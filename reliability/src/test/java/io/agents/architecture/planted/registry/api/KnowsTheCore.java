package io.agents.architecture.planted.registry.api;

import io.agents.architecture.planted.registry.core.internal.OfCore;

/** Planted: the API knows an implementation; an interface does not say who implements it. */
public interface KnowsTheCore {

  OfCore core();
}
