package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** R10.1 to R10.7 and R10.16: events. */
final class EventRules {

  private EventRules() {}

  static List<RuleCheck<RegistryUnderTest>> all(boolean monitorsOwners) {
    List<RuleCheck<RegistryUnderTest>> checks =
        List.of(
            new RuleCheck<>(
                "R10.1", "register, update and unregister are told", EventRules::tellsChanges),
            new RuleCheck<>(
                "R10.2",
                "changes of one id are told in order, among threads",
                EventRules::keepsOrder),
            new RuleCheck<>(
                "R10.3",
                "a listener gets what is there, then every change",
                EventRules::presentThenChanges),
            new RuleCheck<>(
                "R10.3",
                "a listener that comes amid writes misses nothing",
                EventRules::comesAmidWrites),
            new RuleCheck<>("R10.4", "events are numbered one by one", EventRules::numbers),
            new RuleCheck<>(
                "R10.5", "events carry the agent before and after", EventRules::carriesAgents),
            new RuleCheck<>(
                "R10.6", "unregister and close are told as asked for", EventRules::tellsAsked),
            new RuleCheck<>(
                "R10.7", "a replacement is told as going and coming", EventRules::tellsReplacement),
            new RuleCheck<>(
                "R10.16", "a refused call makes no event", EventRules::refusedIsSilent));
    RuleCheck<RegistryUnderTest> ownerGone =
        new RuleCheck<>(
            "R10.6", "an owner's going is told with its reason", EventRules::tellsOwnerGone);
    return monitorsOwners ? Stream.concat(checks.stream(), Stream.of(ownerGone)).toList() : checks;
  }

  static RecordingListener listen(RegistryUnderTest tested) {
    RecordingListener listener = new RecordingListener();
    tested.listen(listener, "");
    listener.awaitPresent();
    return listener;
  }

  private static void tellsChanges(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    scene.register("a");
    scene.registry.updateMetadata("a", SEARCHES);
    scene.registry.unregister("a");
    assertThat(listener.awaitEvents(3))
        .extracting(RegistryEvent::type)
        .containsExactly(
            RegistryEvent.Type.REGISTERED,
            RegistryEvent.Type.UPDATED,
            RegistryEvent.Type.UNREGISTERED);
    assertThat(listener.events()).extracting(event -> event.agent().id()).containsOnly("a");
  }

  private static void keepsOrder(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    int ids = 4;
    int updates = 50;
    new Workers()
        .writers(
            2,
            w ->
                () -> {
                  for (int i = w; i < ids; i += 2) {
                    scene.register("id-" + i);
                  }
                  for (int update = 0; update < updates; update++) {
                    for (int i = w; i < ids; i += 2) {
                      scene.registry.updateMetadata("id-" + i, Map.of("update", update));
                    }
                  }
                })
        .run();
    List<RegistryEvent> events = listener.awaitEvents(ids * (1 + updates));
    for (int i = 0; i < ids; i++) {
      String id = "id-" + i;
      assertThat(
              events.stream().filter(e -> e.agent().id().equals(id)).map(e -> e.agent().revision()))
          .as("revisions of %s as they were told", id)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + updates).boxed().toList());
    }
  }

  private static void presentThenChanges(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    scene.register("b");
    List<Agent> there = scene.registry.agents();
    RecordingListener listener = listen(tested);
    scene.registry.unregister("a");
    scene.register("c");
    listener.awaitEvents(2);
    assertThat(listener.presentations()).hasSize(1);
    assertThat(listener.presentations().get(0)).containsExactlyInAnyOrderElementsOf(there);
    assertThat(listener.events())
        .extracting(e -> e.agent().id())
        .containsExactlyInAnyOrder("a", "c");
  }

  private static void comesAmidWrites(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = new RecordingListener();
    int rounds = 500;
    new Workers()
        .writers(
            2,
            w ->
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    String id = "w" + w + "-" + i % 7;
                    if (!scene.registry.unregister(id)) {
                      scene.register(id);
                    }
                  }
                })
        .writer(() -> tested.listen(listener, ""))
        .run();
    Eventually.passes(
        "the listener's picture is the registry's",
        () ->
            assertThat(picture(listener).values())
                .containsExactlyInAnyOrderElementsOf(scene.registry.agents()));
    assertThat(listener.missedEvents()).as("missed events").isZero();
  }

  /**
   * What a listener knows: what was there, and every change since. Fails if these do not fit
   * together.
   */
  private static Map<String, Agent> picture(RecordingListener listener) {
    Map<String, Agent> known = new HashMap<>();
    listener
        .presentations()
        .forEach(present -> present.forEach(agent -> known.put(agent.id(), agent)));
    for (RegistryEvent event : listener.events()) {
      Agent agent = event.agent();
      if (event.type() == RegistryEvent.Type.REGISTERED) {
        assertThat(known.put(agent.id(), agent)).as("known before %s", event).isNull();
      } else {
        assertThat(known.remove(agent.id())).as("known before %s", event).isEqualTo(agent);
      }
    }
    return known;
  }

  private static void numbers(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    for (int i = 0; i < 20; i++) {
      scene.register("a" + i);
    }
    List<RegistryEvent> events = listener.awaitEvents(20);
    long first = events.get(0).number();
    assertThat(events)
        .extracting(RegistryEvent::number)
        .containsExactlyElementsOf(LongStream.range(first, first + 20).boxed().toList());
  }

  private static void carriesAgents(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    scene.register("a");
    Agent first = scene.agent("a");
    Agent second = scene.registry.updateMetadata("a", SEARCHES);
    scene.registry.unregister("a");
    List<RegistryEvent> events = listener.awaitEvents(3);
    assertThat(events).extracting(RegistryEvent::agent).containsExactly(first, second, second);
    assertThat(events)
        .extracting(RegistryEvent::previous)
        .containsExactly(Optional.empty(), Optional.of(first), Optional.empty());
    assertThat(events)
        .extracting(RegistryEvent::reason)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(Reason.ASKED));
  }

  private static void tellsAsked(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    scene.register("a").close();
    scene.register("a");
    tested.admin().unregister("a");
    assertThat(listener.awaitEvents(4))
        .filteredOn(e -> e.type() == RegistryEvent.Type.UNREGISTERED)
        .extracting(RegistryEvent::reason)
        .containsExactly(Optional.of(Reason.ASKED), Optional.of(Reason.ASKED));
  }

  private static void tellsReplacement(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    scene.register("a");
    Agent former = scene.agent("a");
    scene.registry.registerOrReplace("a", scene.service, SEARCHES);
    Agent latter = scene.agent("a");
    List<RegistryEvent> events = listener.awaitEvents(3);
    assertThat(events)
        .extracting(RegistryEvent::type)
        .containsExactly(
            RegistryEvent.Type.REGISTERED,
            RegistryEvent.Type.UNREGISTERED,
            RegistryEvent.Type.REGISTERED);
    assertThat(events).extracting(RegistryEvent::agent).containsExactly(former, former, latter);
    assertThat(events.get(1).reason()).contains(Reason.REPLACED);
  }

  private static void tellsOwnerGone(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    scene.register("a");
    Agent agent = scene.registry.updateMetadata("a", SEARCHES);
    scene.owners.stop(scene.bundle);
    RegistryEvent last = listener.awaitEvents(3).get(2);
    assertThat(last.type()).isEqualTo(RegistryEvent.Type.UNREGISTERED);
    assertThat(last.reason()).contains(Reason.OWNER_GONE);
    assertThat(last.agent()).isEqualTo(agent);
  }

  private static void refusedIsSilent(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener listener = listen(tested);
    scene.register("a");
    assertThatThrownBy(() -> scene.register("a"))
        .isInstanceOf(AgentAlreadyRegisteredException.class);
    assertThatThrownBy(() -> scene.registry.register("b", scene.service, null))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> scene.registry.updateMetadata("b", SEARCHES))
        .isInstanceOf(AgentNotFoundException.class);
    assertThatThrownBy(() -> scene.registry.updateMetadata("a", SEARCHES, 9))
        .isInstanceOf(RuntimeException.class);
    scene.registry.unregister("b");
    // Events of one id come in order: what these two are told of shows that nothing was told
    // before.
    scene.registry.unregister("a");
    scene.register("b");
    assertThat(listener.awaitEvents(3))
        .extracting(RegistryEvent::type)
        .containsExactly(
            RegistryEvent.Type.REGISTERED,
            RegistryEvent.Type.UNREGISTERED,
            RegistryEvent.Type.REGISTERED);
  }
}
