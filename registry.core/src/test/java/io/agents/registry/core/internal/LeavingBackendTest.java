package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers that are still inside a backend when it is left. Its bundle may be refreshed before they
 * return: then it can't load the classes that it has not used yet.
 */
@DisplayName("R11 Readers inside a backend that is left")
class LeavingBackendTest {

  private final TestBackend former = TestBackend.plain();
  private final TestBackend next = TestBackend.plain();
  private final Routing routing = new Routing(Route.startingAt(former.named("former")));

  static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("closed"), new NoClassDefFoundError("not/loaded/Before"));
  }

  private static void fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private void move() {
    routing.set(routing.route().movedTo(next.named("next")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  @DisplayName("a lookup that fails there asks the next one")
  void lookup(Throwable failure) {
    former.before(
        Call.LOOKUP,
        1,
        agent -> {
          move();
          fail(failure);
        });
    assertThat(routing.lookup("id")).isNull();
  }

  @ParameterizedTest
  @MethodSource("failures")
  @DisplayName("a list that fails there is read from the next one")
  void list(Throwable failure) {
    former.before(
        Call.SIZE,
        1,
        agent -> {
          move();
          fail(failure);
        });
    assertThat(routing.read(RegistryBackend::size)).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  @DisplayName("a failure of the backend that serves is told")
  void active(Throwable failure) {
    former.before(Call.LOOKUP, 1, agent -> fail(failure));
    former.before(Call.SIZE, 1, agent -> fail(failure));
    assertThatThrownBy(() -> routing.lookup("id")).isSameAs(failure);
    assertThatThrownBy(() -> routing.read(RegistryBackend::size)).isSameAs(failure);
  }
}
