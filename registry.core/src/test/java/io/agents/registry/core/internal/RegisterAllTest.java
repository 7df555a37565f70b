package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.RecordingListener;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** All or none, also if the backend refuses in the middle: R1.9, R10.16, R13.3. */
class RegisterAllTest {

  private final Scene scene = Scene.onLegacy();

  @AfterEach
  void close() {
    scene.close();
  }

  private RegistrationRequest request(String id, ServiceReference<?> service) {
    return new RegistrationRequest(id, service, Map.of());
  }

  private void assertSilent(RecordingListener listener) {
    scene.register("last");
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.agent().id())
        .containsExactly("last");
  }

  @Test
  void anOwnerThatIsJustGoingRefusesAll() {
    scene.toEts();
    RecordingListener listener = scene.listen();
    ServiceReference<?> going = scene.owners.newService();
    scene.owners.unregister(
        going,
        () ->
            assertThatThrownBy(
                    () ->
                        scene.registry.registerAll(
                            List.of(
                                request("a", scene.service),
                                request("b", going),
                                request("c", scene.service))))
                .isInstanceOf(OwnerGoneException.class));
    scene.assertHolds(List.of());
    assertSilent(listener);
  }

  @Test
  void aHolderThatWasTakenOverIsPutBack() {
    ServiceReference<?> dead = scene.owners.newService();
    scene.registry.register("dead", dead, Map.of("n", 1));
    scene.owners.unregister(dead);
    List<Agent> before = scene.registry.agents();
    RecordingListener listener = scene.listen();
    scene.legacy.failAt(Call.PUT, 3);
    assertThatThrownBy(
            () ->
                scene.registry.registerAll(
                    List.of(
                        request("a", scene.service),
                        request("dead", scene.service),
                        request("b", scene.service))))
        .hasMessageContaining("on purpose");
    scene.assertHolds(before);
    assertSilent(listener);
  }

  @Test // R11.2
  void duringASwapEachOfThemReachesBothSidesOrNone() {
    scene.registerMany("p", 5);
    scene.ets.before(
        Call.PUT,
        2,
        agent -> {
          scene.registry.registerAll(
              List.of(request("a", scene.service), request("b", scene.service)));
          scene.legacy.failAt(Call.PUT, 2);
          assertThatThrownBy(
                  () ->
                      scene.registry.registerAll(
                          List.of(request("c", scene.service), request("d", scene.service))))
              .hasMessageContaining("on purpose");
        });
    assertThat(scene.toEts().mended()).isZero();
    assertThat(scene.active()).isEqualTo("ets");
    assertThat(scene.registry.agents())
        .extracting(Agent::id)
        .containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4", "a", "b");
  }
}
