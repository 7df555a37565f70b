package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.flags.WhyReport.Kind;
import io.agents.registry.flags.WhyReport.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** F3.12 */
class PartsTest {

  private final BundleContext context = mock(BundleContext.class);
  private final Bundle bundle = mock(Bundle.class);
  private final ServiceComponentRuntime runtime = mock(ServiceComponentRuntime.class);
  private final ComponentConfigurationDTO component = new ComponentConfigurationDTO();
  private final Parts parts = new Parts(context, () -> runtime);

  @BeforeEach
  void one() {
    when(bundle.getSymbolicName()).thenReturn("io.agents.registry.ets");
    when(bundle.getBundleId()).thenReturn(17L);
    when(context.getBundles()).thenReturn(new Bundle[] {bundle});
    ComponentDescriptionDTO description = new ComponentDescriptionDTO();
    description.name = "the.component";
    when(runtime.getComponentDescriptionDTOs(bundle)).thenReturn(List.of(description));
    when(runtime.getComponentConfigurationDTOs(description)).thenReturn(List.of(component));
    when(runtime.isComponentEnabled(description)).thenReturn(true);
    state(Bundle.ACTIVE);
  }

  private void state(int state) {
    when(bundle.getState()).thenReturn(state);
  }

  private Reason reason() {
    List<Reason> reasons = parts.missing("ets");
    assertThat(reasons).singleElement().matches(Reason::obstacle);
    return reasons.get(0);
  }

  @Test
  void aBundleThatIsNotActiveIsNamedWithItsStart() {
    state(Bundle.RESOLVED);
    assertThat(reason().what()).contains("[17]", "not started");
    state(Bundle.INSTALLED);
    assertThat(reason().what()).contains("not resolved");
    assertThat(reason().command()).isEqualTo("start 17");
    assertThat(reason().kind()).isEqualTo(Kind.BUNDLE);
    when(context.getBundles()).thenReturn(new Bundle[0]);
    assertThat(reason().what()).contains("io.agents.registry.ets is not installed");
  }

  @Test
  void aComponentThatDoesNotComeIsNamedWithWhatItLacks() {
    component.state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
    UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
    missing.name = "clock";
    missing.target = "(a=b)";
    component.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
    assertThat(reason().what()).contains("the.component waits for services: clock (a=b)");
    assertThat(reason().kind()).isEqualTo(Kind.COMPONENT);
    component.state = ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
    assertThat(reason().what()).contains("waits for a configuration");
    component.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
    component.failure = "java.lang.Error: no\n\tat x";
    assertThat(reason().what())
        .contains("failed to activate: java.lang.Error: no")
        .doesNotContain("\n");
    component.state = ComponentConfigurationDTO.ACTIVE;
    assertThat(reason().what()).contains("although");
  }

  @Test
  void withoutTheRuntimeTheBundleIsNamed() {
    Parts blind = new Parts(context, () -> null);
    assertThat(blind.missingRegistry())
        .singleElement()
        .extracting(Reason::kind)
        .isEqualTo(Kind.BUNDLE);
    assertThat(blind.missing("ets"))
        .singleElement()
        .extracting(Reason::kind)
        .isEqualTo(Kind.COMPONENT);
  }
}
