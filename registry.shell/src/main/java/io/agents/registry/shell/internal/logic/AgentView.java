package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.Agent;
import io.agents.registry.shell.internal.text.Fields;
import io.agents.registry.shell.internal.text.MetadataText;
import io.agents.registry.shell.internal.text.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Agents as tables, fields and JSON. */
final class AgentView {

  private AgentView() {}

  static Table table(List<Agent> agents) {
    Table table = new Table("ID", "OWNER", "METADATA");
    for (Agent agent : agents) {
      String owner = bundle(agent.owner()) + (agent.isOwnerGone() ? " gone" : "");
      table.row(agent.id(), owner, MetadataText.of(agent.metadata()));
    }
    return table;
  }

  static Fields fields(Agent agent) {
    Fields fields =
        new Fields()
            .field("id", agent.id())
            .field("owner", bundle(agent.owner()))
            .field("owner alive", agent.isOwnerGone() ? "no" : "yes")
            .field("registered by", bundle(agent.registrar()))
            .field("service.id", serviceId(agent))
            .field("service", String.join(", ", objectClass(agent)))
            .field("registration", agent.registration())
            .field("revision", agent.revision())
            .field("registered at", agent.registeredAt())
            .field("metadata", agent.metadata().size() + " keys");
    agent.metadata().forEach((key, value) -> fields.field("  " + key, MetadataText.ofValue(value)));
    return fields;
  }

  static Map<String, Object> json(Agent agent) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", agent.id());
    json.put("owner", bundleJson(agent.owner()));
    json.put("ownerAlive", !agent.isOwnerGone());
    json.put("registrar", bundleJson(agent.registrar()));
    json.put("serviceId", serviceId(agent));
    json.put("service", objectClass(agent));
    json.put("registration", agent.registration());
    json.put("revision", agent.revision());
    json.put("registeredAt", agent.registeredAt());
    json.put("metadata", agent.metadata());
    return json;
  }

  static String bundle(Bundle bundle) {
    return bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
  }

  static Object serviceId(Agent agent) {
    return agent.service().getProperty(Constants.SERVICE_ID);
  }

  private static Map<String, Object> bundleJson(Bundle bundle) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("symbolicName", bundle.getSymbolicName());
    json.put("bundleId", bundle.getBundleId());
    return json;
  }

  private static List<String> objectClass(Agent agent) {
    return agent.service().getProperty(Constants.OBJECTCLASS) instanceof String[] names
        ? Arrays.asList(names)
        : List.of();
  }
}
