package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** C1 to C6: what concurrent readers may see. */
final class ConcurrencyRules {

  private static final int ROUNDS = 1_000;
  private static final long SEED = 7;

  private ConcurrencyRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "C1",
            "agents come in one piece and match in their revision",
            ConcurrencyRules::inOnePiece),
        new RuleCheck<>("C2", "own writes are seen, under load", ConcurrencyRules::ownWrites),
        new RuleCheck<>(
            "C3",
            "agents that stay are in every list, none twice",
            ConcurrencyRules::stableAreListed),
        new RuleCheck<>(
            "C5",
            "an id that is updated or replaced is always found",
            ConcurrencyRules::alwaysFound),
        new RuleCheck<>(
            "C6",
            "random writers leave a registry that agrees with their models",
            ConcurrencyRules::followsModels));
  }

  private static Map<String, Object> numbered(long number) {
    String side = number % 2 == 0 ? "even" : "odd";
    return Map.of("capability", List.of(side, "x"), "node", side, "plain", side, "number", number);
  }

  private static void inOnePiece(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    for (int i = 0; i < 4; i++) {
      scene.registry.register("a" + i, scene.service, numbered(1));
    }
    Workers workers =
        new Workers()
            .writers(
                2,
                w ->
                    () -> {
                      for (int i = 0; i < ROUNDS; i++) {
                        scene.registry.updateMetadata(
                            "a" + (w + 2 * (i % 2)), numbered(2L + i / 2));
                      }
                    });
    for (String filter :
        List.of(
            "(capability=even)",
            "(node=odd)",
            "(plain=even)",
            "(&(node=odd)(!(capability=even)))")) {
      Query query = Query.parse(filter);
      workers.reader(
          () ->
              scene
                  .registry
                  .query(query)
                  .forEach(
                      agent -> {
                        assertThat(agent.metadata())
                            .as("metadata of revision %s", agent.revision())
                            .isEqualTo(numbered(agent.revision()));
                        assertThat(query.matches(agent.metadata()))
                            .as("%s matches %s", agent, query)
                            .isTrue();
                      }));
    }
    workers.run();
  }

  private static void ownWrites(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    new Workers()
        .writers(
            3,
            w ->
                () -> {
                  String id = "own-" + w;
                  for (int i = 0; i < ROUNDS / 4; i++) {
                    Registration registration =
                        scene.registry.register(id, scene.service, Map.of("node", id, "i", i));
                    assertThat(scene.registry.findByAttribute("node", id)).hasSize(1);
                    registration.update(Map.of("node", id + "-moved"));
                    assertThat(scene.registry.findByAttribute("node", id)).isEmpty();
                    assertThat(scene.agent(id).revision()).isEqualTo(2);
                    registration.close();
                    assertThat(scene.registry.lookup(id)).isEmpty();
                    assertThat(scene.registry.findByAttribute("node", id + "-moved")).isEmpty();
                  }
                })
        .run();
    scene.assertHolds();
  }

  private static void stableAreListed(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    for (int i = 0; i < 20; i++) {
      scene.register("stable-" + i);
    }
    List<Agent> stable = scene.registry.agents();
    Query query = Query.parse("(&(capability=translation)(load=1))");
    new Workers()
        .writers(
            2,
            w ->
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    scene.register("w" + w).close();
                  }
                })
        .reader(
            () ->
                assertThat(scene.registry.agents())
                    .as("agents")
                    .containsAll(stable)
                    .doesNotHaveDuplicates())
        .reader(
            () ->
                assertThat(scene.registry.query(query))
                    .as("query")
                    .containsAll(stable)
                    .doesNotHaveDuplicates())
        .reader(
            () ->
                assertThat(scene.registry.findByAttribute("capability", "translation"))
                    .containsAll(stable))
        .reader(() -> assertThat(scene.registry.count(query)).as("count").isBetween(20, 22))
        .run();
    scene.assertHolds(stable.toArray(Agent[]::new));
  }

  private static void alwaysFound(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    new Workers()
        .writer(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                scene.registry.updateMetadata("a", SEARCHES);
                scene.registry.registerOrReplace("a", scene.service, TRANSLATES);
              }
            })
        .reader(() -> assertThat(scene.registry.lookup("a")).as("what is found").isPresent())
        .reader(() -> assertThat(scene.registry.count()).isEqualTo(1))
        .run();
  }

  private static void followsModels(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    Map<String, Map<String, ?>> expected = new ConcurrentHashMap<>();
    new Workers()
        .writers(4, w -> () -> expected.putAll(writeAtRandom(scene, "w" + w + "-", SEED + w)))
        .run();
    Map<String, Map<String, ?>> found = new HashMap<>();
    scene.registry.agents().forEach(agent -> found.put(agent.id(), agent.metadata()));
    assertThat(found).as("what is there after random writes, seed %s", SEED).isEqualTo(expected);
    scene.assertHolds(scene.registry.agents().toArray(Agent[]::new));
  }

  private static Map<String, Map<String, ?>> writeAtRandom(
      RegistryScene scene, String prefix, long seed) {
    Random random = new Random(seed);
    RandomMetadata metadata = new RandomMetadata(random);
    Map<String, Map<String, ?>> model = new HashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      String id = prefix + random.nextInt(20);
      Map<String, ?> next = metadata.next();
      if (!model.containsKey(id)) {
        scene.registry.register(id, scene.service, next);
        model.put(id, next);
      } else if (random.nextInt(3) == 0) {
        assertThat(scene.registry.unregister(id))
            .as("unregister of %s, seed %s", id, seed)
            .isTrue();
        model.remove(id);
      } else {
        scene.registry.updateMetadata(id, next);
        model.put(id, next);
      }
      assertThat(scene.registry.lookup(id).map(Agent::metadata).orElse(null))
          .as("metadata of %s, seed %s", id, seed)
          .isEqualTo(model.get(id));
    }
    return model;
  }
}
