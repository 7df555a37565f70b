package io.agents.registry.shell.internal.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.StaleRevisionException;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.FakeRegistry;
import io.agents.registry.shell.internal.logic.AgentReports.Order;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.testkit.FelixFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Agents that are shown and changed by commands. */
class AgentCommandsTest {

  private final FelixFixture felix = new FelixFixture();
  private final FakeRegistry registry = new FakeRegistry();
  private final AgentReports reports = new AgentReports(registry);
  private final AgentChanges changes = new AgentChanges(registry, felix.context());
  private final ServiceReference<?> service = felix.newService(felix.newBundle(), Map.of());
  private final String owner =
      service.getBundle().getSymbolicName() + " [" + service.getBundle().getBundleId() + "]";
  private final Object serviceId = service.getProperty(Constants.SERVICE_ID);

  @BeforeEach
  void threeAgents() {
    registry.add("c", service, Map.of("node", "node-2"));
    registry.add("a", service, Map.of("node", "node-1", "capability", List.of("x", "y")));
    registry.add("b", service, Map.of());
  }

  @AfterEach
  void stopTheFramework() {
    felix.close();
  }

  @Test
  void listIsATableSortedById() {
    String gap = " ".repeat(owner.length() - "OWNER".length());

    assertThat(list(Optional.empty(), OptionalInt.empty()).lines())
        .containsExactly(
            "ID  OWNER" + gap + "  METADATA",
            "a   " + owner + "  capability=[x,y] node=node-1",
            "b   " + owner,
            "c   " + owner + "  node=node-2");
  }

  @Test
  void listTakesAFilter() {
    assertThat(list(Optional.of("(node=node-2)"), OptionalInt.empty()).lines()).hasSize(2);
    assertThat(list(Optional.of("(node=node-9)"), OptionalInt.empty()))
        .isEqualTo("no agent matches");
  }

  @Test
  void listSaysHowManyItLeavesOut() {
    assertThat(list(Optional.empty(), OptionalInt.of(2)).lines())
        .hasSize(4)
        .last()
        .isEqualTo("2 of 3 agents");
    assertThat(list(Optional.empty(), OptionalInt.of(3)).lines())
        .hasSize(4)
        .last()
        .asString()
        .startsWith("c ");
  }

  @Test
  void listIsOrderedByAnAttribute() {
    Optional<String> node = Optional.of("node");

    assertThat(ids(Optional.empty(), new Order(node, false), OptionalInt.empty()))
        .containsExactly("a", "c", "b");
    assertThat(ids(Optional.empty(), new Order(node, true), OptionalInt.empty()))
        .containsExactly("c", "a", "b");
    assertThat(ids(Optional.of("(node=*)"), new Order(node, true), OptionalInt.of(1)))
        .containsExactly("c", "1 of 2 agents");
    assertThat(ids(Optional.empty(), new Order(node, false), OptionalInt.of(2)))
        .containsExactly("a", "c", "2 of 3 agents");
    assertThat(ids(Optional.empty(), new Order(node, false), OptionalInt.of(0)))
        .containsExactly("0 of 3 agents");
    assertThatThrownBy(() -> new Order(Optional.empty(), true))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--descending needs an attribute to order by");
  }

  private List<String> ids(Optional<String> filter, Order order, OptionalInt limit) {
    return reports
        .list(filter, order, limit, Format.TEXT)
        .lines()
        .skip(1)
        .map(line -> line.endsWith("agents") ? line : line.split(" ", 2)[0])
        .toList();
  }

  @Test
  void listOfNothingSaysSo() {
    assertThat(
            new AgentReports(new FakeRegistry())
                .list(Optional.empty(), Order.BY_ID, OptionalInt.empty(), Format.TEXT))
        .isEqualTo("no agents");
    assertThat(
            new AgentReports(new FakeRegistry())
                .list(Optional.empty(), Order.BY_ID, OptionalInt.empty(), Format.JSON))
        .isEqualTo("[]");
  }

  @Test
  void listShowsOwnersThatAreGone() {
    felix.unregister(service);

    assertThat(list(Optional.empty(), OptionalInt.empty())).contains(owner + " gone");
  }

  @Test
  void listAsJsonHasTheSameAgents() {
    JsonArray agents =
        JsonParser.parseString(
                reports.list(Optional.empty(), Order.BY_ID, OptionalInt.of(2), Format.JSON))
            .getAsJsonArray();

    assertThat(agents).hasSize(2);
    JsonObject first = agents.get(0).getAsJsonObject();
    assertThat(first.keySet())
        .containsExactly(
            "id",
            "owner",
            "ownerAlive",
            "registrar",
            "serviceId",
            "service",
            "registration",
            "revision",
            "registeredAt",
            "metadata");
    assertThat(first.get("id").getAsString()).isEqualTo("a");
    assertThat(first.getAsJsonObject("owner").get("bundleId").getAsLong())
        .isEqualTo(service.getBundle().getBundleId());
    assertThat(first.get("serviceId").getAsNumber()).hasToString(serviceId.toString());
    assertThat(first.getAsJsonObject("metadata"))
        .hasToString("{\"capability\":[\"x\",\"y\"],\"node\":\"node-1\"}");
  }

  @Test
  void infoShowsEverything() {
    assertThat(reports.info("a", Format.TEXT).lines())
        .containsExactly(
            "id             a",
            "owner          " + owner,
            "owner alive    yes",
            "registered by  " + owner,
            "service.id     " + serviceId,
            "service        " + ((String[]) service.getProperty(Constants.OBJECTCLASS))[0],
            "registration   2",
            "revision       1",
            "registered at  2026-01-02T03:04:05.678Z",
            "metadata       2 keys",
            "  capability   [x,y]",
            "  node         node-1");
  }

  @Test
  void infoTellsThatAnOwnerIsGone() {
    felix.unregister(service);

    assertThat(reports.info("a", Format.TEXT)).contains("owner alive    no");
    assertThat(reports.info("a", Format.JSON)).contains("\"ownerAlive\":false");
  }

  @Test
  void infoOfNobodyIsRefused() {
    assertThatThrownBy(() -> reports.info("z", Format.TEXT))
        .isInstanceOf(AgentNotFoundException.class);
  }

  @Test
  void countIsANumber() {
    assertThat(reports.count(Optional.empty())).isEqualTo("3");
    assertThat(reports.count(Optional.of("(node=*)"))).isEqualTo("2");
  }

  @Test
  void explainShowsEveryStep() {
    assertThat(reports.explain("(node=node-1)", Format.TEXT).lines())
        .containsExactly(
            "FILTER (node=node-1): 1 estimated, 1 looked at, 1 matched",
            "  INDEX (node=node-1) by the index of node: 1 estimated, 0 looked at, 1 matched");
  }

  @Test
  void explainAsJsonIsATree() {
    assertThat(reports.explain("(node=node-1)", Format.JSON))
        .isEqualTo(
            "{\"access\":\"filter\",\"filter\":\"(node=node-1)\",\"index\":\"\",\"estimated\":1,"
                + "\"examined\":1,\"matched\":1,\"parts\":[{\"access\":\"index\","
                + "\"filter\":\"(node=node-1)\",\"index\":\"node\",\"estimated\":1,"
                + "\"examined\":0,\"matched\":1,\"parts\":[]}]}");
  }

  @Test
  void filtersAreReadUnderTheLimitsOfTheRegistry() {
    String deep = "(!(!(!(a=b))))";

    assertThatThrownBy(() -> reports.count(Optional.of(deep)))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> list(Optional.of(deep), OptionalInt.empty()))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> reports.explain(deep, Format.TEXT))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void registerMakesAServiceAnAgent() {
    assertThat(changes.register("d", serviceId.toString(), List.of("node=node-3", "load=0.5")))
        .isEqualTo("registered d, registration 4, revision 1, owner " + owner);
    assertThat(registry.lookup("d").orElseThrow().metadata())
        .isEqualTo(Map.of("node", "node-3", "load", 0.5));
  }

  @Test
  void registerRefusesWhatIsNoService() {
    for (String wrong : List.of("x", "1.5", "*", "99999999999999999999")) {
      assertThatThrownBy(() -> changes.register("d", wrong, List.of()))
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith("'" + wrong + "' is no service.id");
    }
    assertThatThrownBy(() -> changes.register("d", "99999", List.of()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("no service with the service.id 99999");
    assertThat(registry.lookup("d")).isEmpty();
  }

  @Test
  void registerLeavesAnIdInUseAlone() {
    assertThatThrownBy(() -> changes.register("a", serviceId.toString(), List.of()))
        .isInstanceOf(AgentAlreadyRegisteredException.class);
  }

  @Test
  void updateReplacesTheMetadata() {
    assertThat(changes.replaceMetadata("a", List.of("load=1", "zone=east")))
        .isEqualTo("updated a, registration 2, revision 2: load=1 zone=east");
  }

  @Test
  void updateThatMergesKeepsOtherKeys() {
    assertThat(changes.mergeMetadata("a", List.of("node=node-3", "load=1")))
        .isEqualTo("updated a, registration 2, revision 2: capability=[x,y] load=1 node=node-3");
  }

  @Test
  void updateThatMergesLosesNoChangeOfSomebodyElse() {
    registry.beforeUpdate = () -> changes.replaceMetadata("a", List.of("zone=east"));

    assertThatThrownBy(() -> changes.mergeMetadata("a", List.of("load=1")))
        .isInstanceOf(StaleRevisionException.class);
    assertThat(registry.lookup("a").orElseThrow().metadata()).isEqualTo(Map.of("zone", "east"));
  }

  @Test
  void updateOfNobodyIsRefused() {
    assertThatThrownBy(() -> changes.replaceMetadata("z", List.of("a=1")))
        .isInstanceOf(AgentNotFoundException.class);
    assertThatThrownBy(() -> changes.mergeMetadata("z", List.of("a=1")))
        .isInstanceOf(AgentNotFoundException.class);
  }

  @Test
  void badMetadataChangesNothing() {
    assertThatThrownBy(() -> changes.replaceMetadata("a", List.of("b=1", "c")))
        .isInstanceOf(CommandException.class);
    assertThat(registry.lookup("a").orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void unregisterTellsWhetherThereWasOne() {
    assertThat(changes.unregister("a")).isEqualTo("unregistered a");
    assertThatThrownBy(() -> changes.unregister("a")).isInstanceOf(AgentNotFoundException.class);
  }

  private String list(Optional<String> filter, OptionalInt limit) {
    return reports.list(filter, Order.BY_ID, limit, Format.TEXT);
  }
}
