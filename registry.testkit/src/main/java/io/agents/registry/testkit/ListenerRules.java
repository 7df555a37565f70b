package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** R10.8 to R10.12: listeners, their filters and their failures. */
final class ListenerRules {

  private ListenerRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R10.8",
            "a filter lets through what matches now or did before",
            ListenerRules::filters),
        new RuleCheck<>(
            "R10.9", "a listener may call the registry", ListenerRules::mayCallRegistry),
        new RuleCheck<>(
            "R10.10", "a listener that throws harms nobody", ListenerRules::throwingHarmsNobody),
        new RuleCheck<>(
            "R10.12",
            "a listener that was removed is told nothing more",
            ListenerRules::removedIsToldNothing));
  }

  private static void filters(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("there");
    scene.registry.register("hidden", scene.service, SEARCHES);
    Agent there = scene.agent("there");
    RecordingListener listener = new RecordingListener();
    tested.listen(listener, "(capability=translation)");
    listener.awaitPresent();
    scene.registry.register("a", scene.service, SEARCHES);
    scene.registry.updateMetadata("a", TRANSLATES);
    scene.registry.updateMetadata("a", Map.of());
    scene.registry.updateMetadata("a", SEARCHES);
    scene.registry.unregister("a");
    scene.register("a");
    List<RegistryEvent> events = listener.awaitEvents(3);
    assertThat(listener.presentations()).containsExactly(List.of(there));
    assertThat(events)
        .extracting(RegistryEvent::type)
        .containsExactly(
            RegistryEvent.Type.UPDATED, RegistryEvent.Type.UPDATED, RegistryEvent.Type.REGISTERED);
    assertThat(events).extracting(e -> e.agent().revision()).containsExactly(2L, 3L, 1L);
  }

  private static void mayCallRegistry(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener all = EventRules.listen(tested);
    RecordingListener calling =
        new RecordingListener(
            event -> {
              if (event.type() == RegistryEvent.Type.REGISTERED && event.agent().id().equals("a")) {
                OtherThread.run(
                    "a write while a listener is called",
                    () -> scene.registry.updateMetadata("a", SEARCHES));
                scene.register("b");
              }
            });
    tested.listen(calling, "");
    calling.awaitPresent();
    scene.register("a");
    calling.awaitEvents(3);
    assertThat(all.awaitEvents(3))
        .extracting(e -> e.agent().id())
        .containsExactlyInAnyOrder("a", "a", "b");
  }

  private static void throwingHarmsNobody(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    AtomicInteger calls = new AtomicInteger();
    RecordingListener throwing =
        new RecordingListener(
            event -> {
              calls.incrementAndGet();
              throw new IllegalStateException("a listener that throws, on purpose");
            });
    tested.listen(throwing, "");
    throwing.awaitPresent();
    RecordingListener other = EventRules.listen(tested);
    scene.register("a");
    other.awaitEvents(1);
    Eventually.holds("the throwing listener was called", () -> calls.get() >= 1);
    scene.register("b");
    other.awaitEvents(2);
    scene.assertHolds(scene.agent("a"), scene.agent("b"));
    Eventually.holds(
        "missed events are counted", () -> tested.admin().status().eventsMissed() >= 1);
  }

  private static void removedIsToldNothing(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RecordingListener all = EventRules.listen(tested);
    RecordingListener removed = new RecordingListener();
    Runnable remove = tested.listen(removed, "");
    removed.awaitPresent();
    scene.register("a");
    removed.awaitEvents(1);
    remove.run();
    scene.register("b");
    scene.register("c");
    all.awaitEvents(3);
    assertThat(removed.events()).hasSize(1);
  }
}
