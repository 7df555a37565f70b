package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.ServiceReference;

/** R1.8 to R1.10 and R1.13: several registrations at once. */
final class RegisterManyRules {

  private RegisterManyRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R1.8", "registerAll registers all, handles in order", RegisterManyRules::registersAll),
        new RuleCheck<>(
            "R1.9", "registerAll registers none if one is refused", RegisterManyRules::allOrNone),
        new RuleCheck<>(
            "R1.10",
            "registerAll of nothing is empty; one id twice is refused",
            RegisterManyRules::emptyAndTwice),
        new RuleCheck<>(
            "R1.13",
            "of concurrent registrations of one id one is accepted",
            RegisterManyRules::oneWins));
  }

  private static void registersAll(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    List<RegistrationRequest> requests = new ArrayList<>();
    for (String id : List.of("c", "a", "b")) {
      requests.add(new RegistrationRequest(id, scene.service, Map.of("name", id)));
    }
    List<Registration> registrations = scene.registry.registerAll(requests);
    assertThat(registrations).extracting(Registration::id).containsExactly("c", "a", "b");
    for (Registration registration : registrations) {
      assertThat(scene.agent(registration.id()).registration()).isEqualTo(registration.number());
      assertThat(scene.agent(registration.id()).metadata())
          .isEqualTo(Map.of("name", registration.id()));
    }
    assertThat(scene.registry.count()).isEqualTo(3);
  }

  private static void allOrNone(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("used");
    Agent used = scene.agent("used");
    ServiceReference<?> gone = scene.owners.newService(scene.bundle);
    scene.owners.unregister(gone);
    RegistrationRequest good = new RegistrationRequest("good", scene.service, TRANSLATES);
    RegistrationRequest last = new RegistrationRequest("last", scene.service, TRANSLATES);
    assertRefused(
        scene,
        AgentAlreadyRegisteredException.class,
        good,
        new RegistrationRequest("used", scene.service, Map.of()),
        last);
    assertRefused(
        scene, OwnerGoneException.class, good, new RegistrationRequest("b", gone, Map.of()), last);
    assertRefused(
        scene,
        InvalidMetadataException.class,
        good,
        new RegistrationRequest("b", scene.service, Map.of("k", new Object())),
        last);
    assertRefused(
        scene,
        InvalidMetadataException.class,
        good,
        new RegistrationRequest("b", scene.service, null),
        last);
    assertRefused(
        scene,
        IllegalArgumentException.class,
        good,
        new RegistrationRequest("", scene.service, Map.of()),
        last);
    assertRefused(
        scene,
        IllegalArgumentException.class,
        good,
        new RegistrationRequest("b", null, Map.of()),
        last);
    assertRefused(scene, IllegalArgumentException.class, good, null, last);
    scene.assertHolds(used);
  }

  private static void assertRefused(
      RegistryScene scene, Class<? extends Exception> type, RegistrationRequest... requests) {
    assertThatThrownBy(() -> scene.registry.registerAll(Arrays.asList(requests)))
        .isInstanceOf(type);
    assertThat(scene.registry.count()).as("agents after a refused registerAll").isEqualTo(1);
  }

  private static void emptyAndTwice(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    assertThat(scene.registry.registerAll(List.of())).isEmpty();
    RegistrationRequest one = new RegistrationRequest("a", scene.service, TRANSLATES);
    RegistrationRequest same = new RegistrationRequest("a", scene.service, SEARCHES);
    assertThatThrownBy(() -> scene.registry.registerAll(List.of(one, same)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
    scene.assertHolds();
  }

  private static void oneWins(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    int rounds = 100;
    new Workers()
        .writers(
            4,
            w ->
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    try {
                      scene.register("id-" + i);
                      accepted.incrementAndGet();
                    } catch (AgentAlreadyRegisteredException e) {
                      refused.incrementAndGet();
                    }
                  }
                })
        .run();
    assertThat(accepted).as("accepted").hasValue(rounds);
    assertThat(refused).as("refused").hasValue(3 * rounds);
    assertThat(scene.registry.count()).isEqualTo(rounds);
  }
}
