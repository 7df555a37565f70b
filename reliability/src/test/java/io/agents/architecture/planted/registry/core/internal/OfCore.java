package io.agents.architecture.planted.registry.core.internal;

/** What others must not use. */
public final class OfCore {}
