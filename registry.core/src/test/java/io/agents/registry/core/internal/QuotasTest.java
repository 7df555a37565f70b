package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.RecordingListener;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Quotas and limits refuse clearly, and the others go on: R1.15 to R1.19, R5.5. */
class QuotasTest {

  private final Scene scene = Scene.onLegacy();
  private final Bundle other = scene.owners.newBundle();
  private final ServiceReference<?> otherService = scene.owners.newService(other);
  private final AgentRegistry otherRegistry = scene.core.registryFor(other);

  @AfterEach
  void close() {
    scene.close();
  }

  static Settings quotas(int agents, int ofOwner) {
    Settings rest = Settings.DEFAULT;
    return new Settings(
        rest.maxIdLength(),
        rest.metadata(),
        rest.query(),
        rest.listenerQueueSize(),
        rest.swapsKept(),
        agents,
        ofOwner);
  }

  private void allow(int agents, int ofOwner) {
    scene.core.settings(quotas(agents, ofOwner));
  }

  private void allow(int agents) {
    allow(agents, Settings.UNLIMITED);
  }

  private void allowOfOwner(int agents) {
    allow(Settings.UNLIMITED, agents);
  }

  private void assertRefused(String quota, int limit, Bundle owner, ThrowingCallable call) {
    List<Agent> before = scene.registry.agents();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QuotaExceededException.class,
            e -> {
              assertThat(e.quota()).isEqualTo(quota);
              assertThat(e.limit()).isEqualTo(limit);
              assertThat(e.owner()).isEqualTo(owner);
            })
        .hasMessageContainingAll(quota, " " + limit + " ", owner.getSymbolicName());
    scene.assertHolds(before);
  }

  private void assertFull(int limit) {
    assertRefused(Quotas.AGENTS, limit, scene.bundle, () -> scene.register("one more"));
  }

  private void assertFullForOwner(int limit) {
    assertRefused(Quotas.AGENTS_OF_OWNER, limit, scene.bundle, () -> scene.register("one more"));
  }

  private RegistrationRequest request(String id, ServiceReference<?> service) {
    return new RegistrationRequest(id, service, Map.of());
  }

  @Test // R1.15, R10.16
  void whatIsOverTheQuotaIsRefusedAndAllElseGoesOn() {
    allow(3);
    RecordingListener listener = scene.listen();
    scene.registerMany("a", 2);
    otherRegistry.register("b", otherService, Map.of());
    assertFull(3);
    assertRefused(
        Quotas.AGENTS, 3, other, () -> otherRegistry.register("c", otherService, Map.of()));
    assertThat(scene.registry.updateMetadata("a0", Map.of("n", 1)).revision()).isEqualTo(2);
    assertThat(otherRegistry.unregister("b")).isTrue();
    otherRegistry.register("c", otherService, Map.of());
    assertFull(3);
    assertThat(listener.awaitEvents(6))
        .extracting(event -> event.type() + " " + event.agent().id())
        .containsExactly(
            "REGISTERED a0",
            "REGISTERED a1",
            "REGISTERED b",
            "UPDATED a0",
            "UNREGISTERED b",
            "REGISTERED c");
  }

  @Test // R1.15
  void anOwnerOverItsQuotaIsInNobodysWay() {
    allowOfOwner(2);
    scene.registerMany("a", 2);
    assertFullForOwner(2);
    assertRefused(
        Quotas.AGENTS_OF_OWNER,
        2,
        scene.bundle,
        () -> otherRegistry.register("for it", scene.service, Map.of()));
    otherRegistry.register("b0", otherService, Map.of());
    scene.registry.register("b1", otherService, Map.of());
    assertRefused(
        Quotas.AGENTS_OF_OWNER,
        2,
        other,
        () -> otherRegistry.register("b2", otherService, Map.of()));
    assertThat(scene.registry.count()).isEqualTo(4);
  }

  @Test // R1.16
  void everyEndMakesRoom() {
    scene.toEts();
    allow(2, 2);
    scene.register("a");
    Registration registration = scene.registry.register("b", scene.service, Map.of());
    assertFullForOwner(2);
    scene.registry.unregister("a");
    scene.register("a");
    assertFullForOwner(2);
    registration.close();
    registration.close();
    ServiceReference<?> going = scene.owners.newService(scene.bundle);
    scene.registry.register("b", going, Map.of());
    assertFullForOwner(2);
    scene.owners.unregister(going);
    otherRegistry.register("b", otherService, Map.of());
    assertFull(2);
  }

  @Test // R1.16
  void agentsWhoseOwnerIsGoneCountUntilTheyAreTakenAway() {
    allow(2, 2);
    ServiceReference<?> dying = scene.owners.newService(scene.bundle);
    scene.registry.register("a", dying, Map.of());
    scene.registry.register("b", dying, Map.of());
    scene.owners.unregister(dying);
    assertFullForOwner(2);
    scene.register("a");
    assertFullForOwner(2);
    assertThat(scene.toEts().dropped()).isEqualTo(1);
    scene.register("b");
    assertFullForOwner(2);
  }

  @Test // R1.16
  void takingAnIdOverNeedsNoRoomButOfAnotherOwner() {
    allow(3, 2);
    scene.registerMany("a", 2);
    scene.registry.registerOrReplace("a0", scene.service, Map.of());
    scene.registry.registerOrReplace("a0", otherService, Map.of());
    scene.register("a2");
    assertFullForOwner(2);
    assertRefused(
        Quotas.AGENTS_OF_OWNER,
        2,
        scene.bundle,
        () -> scene.registry.registerOrReplace("a0", scene.service, Map.of()));
    assertRefused(
        Quotas.AGENTS, 3, other, () -> otherRegistry.register("b", otherService, Map.of()));
    assertThatThrownBy(() -> scene.register("a0"))
        .as("an id in use, with no room either")
        .isInstanceOf(AgentAlreadyRegisteredException.class);
  }

  @Test // R1.16, R11.1
  void aHandOverChangesNoCount() {
    allow(4, 3);
    scene.registerMany("a", 3);
    otherRegistry.register("b", otherService, Map.of());
    for (int i = 0; i < 3; i++) {
      scene.toEts();
      assertFullForOwner(3);
      scene.toLegacy();
      scene.legacy.failAt(Call.FOR_EACH, 1);
      scene.toEts();
      scene.toLegacy();
      assertFullForOwner(3);
    }
    scene.registry.unregister("a0");
    scene.register("a0");
    assertFullForOwner(3);
  }

  @Test // R1.16
  void aCallThatIsRefusedForAnotherReasonTakesNoRoom() {
    scene.toEts();
    allow(2, 2);
    scene.register("a");
    ServiceReference<?> gone = scene.owners.newService(scene.bundle);
    scene.owners.unregister(
        gone,
        () -> {
          for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> scene.registry.register("b", gone, Map.of()))
                .isInstanceOf(OwnerGoneException.class);
            assertThatThrownBy(
                    () ->
                        scene.registry.registerAll(
                            List.of(request("a", scene.service), request("b", gone))))
                .isInstanceOf(AgentAlreadyRegisteredException.class);
          }
        });
    scene.register("b");
    assertFullForOwner(2);
  }

  @Test // R1.18
  void manyAreRegisteredIfThereIsRoomForAll() {
    allow(5, 3);
    scene.register("a");
    assertRefused(
        Quotas.AGENTS_OF_OWNER,
        3,
        scene.bundle,
        () ->
            scene.registry.registerAll(
                List.of(
                    request("x", otherService),
                    request("b", scene.service),
                    request("c", scene.service),
                    request("d", scene.service))));
    scene.registry.registerAll(List.of(request("b", scene.service), request("c", scene.service)));
    assertRefused(
        Quotas.AGENTS,
        5,
        other,
        () ->
            scene.registry.registerAll(
                IntStream.range(0, 3).mapToObj(i -> request("x" + i, otherService)).toList()));
    scene.registry.registerAll(List.of(request("x0", otherService), request("x1", otherService)));
    assertFullForOwner(3);
    assertThat(scene.registry.registerAll(List.of())).isEmpty();
  }

  @Test // R1.16, R1.18
  void manyThatFailInTheMiddleTakeNoRoom() {
    allow(3, 3);
    ServiceReference<?> dead = scene.owners.newService(other);
    otherRegistry.register("dead", dead, Map.of());
    scene.owners.unregister(dead);
    for (int i = 0; i < 3; i++) {
      scene.legacy.failAt(Call.PUT, 3);
      assertThatThrownBy(
              () ->
                  scene.registry.registerAll(
                      List.of(
                          request("a", scene.service),
                          request("dead", scene.service),
                          request("b", scene.service))))
          .hasMessageContaining("on purpose");
    }
    scene.registerMany("a", 2);
    assertFull(3);
  }

  @Test // R1.19
  void aLowerQuotaRemovesNothingAndAHigherOneHoldsAtOnce() {
    scene.registerMany("a", 4);
    otherRegistry.register("b", otherService, Map.of());
    allow(2, 3);
    assertThat(scene.registry.count()).isEqualTo(5);
    assertFullForOwner(3);
    assertRefused(
        Quotas.AGENTS, 2, other, () -> otherRegistry.register("c", otherService, Map.of()));
    scene.registry.unregister("a0");
    assertFullForOwner(3);
    scene.registry.unregister("a1");
    assertFull(2);
    allow(4, 3);
    scene.register("a0");
    assertFullForOwner(3);
    allow(4);
    assertFull(4);
    allow(Settings.UNLIMITED);
    scene.registerMany("c", 100);
    allow(105);
    scene.register("the last");
    assertFull(105);
  }

  @Test // R5.5, R5.6
  void tooMuchMetadataAreRefusedAndTheOthersGoOn() {
    scene.register("a");
    List<Agent> before = scene.registry.agents();
    Map<String, Object> deep = Map.of();
    for (int i = 0; i < 8; i++) {
      deep = Map.of("in", deep);
    }
    Map<String, Object> tooDeep = deep;
    Map<String, Object> tooLarge = Map.of("list", Collections.nCopies(1_000, 1));
    Map<Map<String, Object>, String> refused =
        Map.of(tooDeep, "limit of 8 levels", tooLarge, "limit of 1000 values");
    refused.forEach(
        (metadata, limit) -> {
          List<ThrowingCallable> calls =
              List.of(
                  () -> scene.registry.register("b", scene.service, metadata),
                  () -> scene.registry.registerOrReplace("a", scene.service, metadata),
                  () -> scene.registry.updateMetadata("a", metadata),
                  () ->
                      scene.registry.registerAll(
                          List.of(
                              request("c", scene.service),
                              new RegistrationRequest("d", scene.service, metadata))));
          calls.forEach(
              call ->
                  assertThatThrownBy(call)
                      .isInstanceOf(InvalidMetadataException.class)
                      .hasMessageContaining(limit));
        });
    scene.assertHolds(before);
    scene.register("b");
  }
}
