package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.flags.ExternalFlags;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagContext;
import io.agents.registry.flags.FlagValue;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** F2.6 */
class ExternalSourceTest {

  private final ExternalSource source = new ExternalSource();

  @SuppressWarnings("unchecked")
  private static ServiceReference<ExternalFlags> named(String name, int order) {
    ServiceReference<ExternalFlags> reference = mock(ServiceReference.class);
    when(reference.getProperty(ExternalFlags.NAME)).thenReturn(name);
    when(reference.getProperty("order")).thenReturn(order);
    when(reference.compareTo(any()))
        .thenAnswer(
            call ->
                Integer.compare(
                    order, (int) ((ServiceReference<?>) call.getArgument(0)).getProperty("order")));
    return reference;
  }

  @Test
  void asksTheBestOfTheOnesThatAreNamedForThisNode() {
    AtomicReference<FlagContext> context = new AtomicReference<>();
    source.add(named("elsewhere", 1), (flag, who) -> Optional.of(false));
    source.add(
        named("elsewhere", 2),
        (flag, who) -> {
          context.set(who);
          return Optional.of(flag.equals(FeatureFlags.USE_ETS));
        });
    source.add(named("other", 3), (flag, who) -> Optional.of(false));
    assertThat(source.ask("node-1").on()).as("nobody is named").isNull();
    source.want(" elsewhere ");
    ExternalSource.Answer answer = source.ask("node-1");
    assertThat(answer.on()).isTrue();
    assertThat(answer.source()).isEqualTo("elsewhere");
    assertThat(answer.valueOf(FeatureFlags.USE_ETS)).contains(FlagValue.ON);
    assertThat(answer.valueOf("another_flag")).isEmpty();
    assertThat(context.get()).isEqualTo(FlagContext.ofNode("node-1"));
  }

  @Test
  void keepsTheLastAnswerUntilThereIsAnotherOne() {
    ServiceReference<ExternalFlags> reference = named("elsewhere", 1);
    AtomicReference<Optional<Boolean>> answer = new AtomicReference<>(Optional.of(true));
    source.add(
        reference,
        (flag, who) -> {
          if (answer.get() == null) {
            throw new IllegalStateException("planned");
          }
          return answer.get();
        });
    source.want("elsewhere");
    assertThat(source.ask("node-1").on()).isTrue();
    answer.set(Optional.empty());
    assertThat(source.ask("node-1").on()).as("it can't tell").isTrue();
    answer.set(null);
    assertThat(source.ask("node-1").on()).as("it throws").isTrue();
    source.remove(reference);
    assertThat(source.ask("node-1").on()).as("it is away").isTrue();
    answer.set(Optional.of(false));
    source.add(reference, (flag, who) -> Optional.of(false));
    assertThat(source.ask("node-1").on()).isFalse();
    source.want("");
    assertThat(source.ask("node-1").on()).as("it is not asked any more").isNull();
  }

  @Test
  void anAnswerThatWasOvertakenDoesNotCount() {
    source.want("elsewhere");
    source.add(
        named("elsewhere", 1),
        new ExternalFlags() {
          private boolean first = true;

          @Override
          public Optional<Boolean> isEnabled(String flag, FlagContext context) {
            if (first) {
              first = false;
              assertThat(source.ask("node-1").on()).as("the second question").isTrue();
              return Optional.of(false);
            }
            return Optional.of(true);
          }
        });
    assertThat(source.ask("node-1").on()).isTrue();
  }
}
