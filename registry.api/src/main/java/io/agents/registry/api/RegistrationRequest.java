package io.agents.registry.api;

import java.util.Map;
import org.osgi.framework.ServiceReference;

/**
 * One of several agents to register together. Nothing is checked or copied before {@link
 * AgentRegistry#registerAll} gets it.
 *
 * @param id as in {@link AgentRegistry#register}
 * @param service as in {@link AgentRegistry#register}
 * @param metadata as in {@link AgentRegistry#register}
 */
public record RegistrationRequest(
    String id, ServiceReference<?> service, Map<String, ?> metadata) {}
