package io.agents.registry.flags.internal;

import io.agents.registry.flags.WhyReport.Kind;
import io.agents.registry.flags.WhyReport.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Finds out why an implementation, or the registry, is not there: its bundle, or its components.
 */
final class Parts implements Why.Parts {

  private static final String PREFIX = "io.agents.registry.";

  private final BundleContext context;
  private final Supplier<@Nullable ServiceComponentRuntime> components;

  Parts(BundleContext context, Supplier<@Nullable ServiceComponentRuntime> components) {
    this.context = context;
    this.components = components;
  }

  @Override
  public List<Reason> missing(String implementation) {
    return missingService("the implementation '" + implementation + "'", PREFIX + implementation);
  }

  @Override
  public List<Reason> missingRegistry() {
    return missingService("the registry", PREFIX + "core");
  }

  private List<Reason> missingService(String what, String symbolicName) {
    List<Bundle> bundles =
        Arrays.stream(context.getBundles())
            .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
            .toList();
    if (bundles.isEmpty()) {
      return List.of(
          new Reason(
              Kind.BUNDLE,
              true,
              what + " is not there: the bundle " + symbolicName + " is not installed",
              "install its file, then start it"));
    }
    List<Reason> reasons = new ArrayList<>();
    bundles.forEach(bundle -> reasons.add(bundle(what, bundle, reasons)));
    return reasons.stream().distinct().toList();
  }

  private Reason bundle(String what, Bundle bundle, List<Reason> reasons) {
    String name = "the bundle " + bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
    int state = bundle.getState();
    if (state != Bundle.ACTIVE) {
      String how =
          switch (state) {
            case Bundle.INSTALLED -> "is not resolved; its start says what it needs";
            case Bundle.RESOLVED -> "is not started";
            case Bundle.STARTING -> "is starting";
            case Bundle.STOPPING -> "is stopping";
            default -> "is uninstalled";
          };
      return new Reason(
          Kind.BUNDLE,
          true,
          what + " is not there: " + name + " " + how,
          "start " + bundle.getBundleId());
    }
    List<String> broken = brokenComponents(bundle);
    if (broken.isEmpty()) {
      return new Reason(
          Kind.COMPONENT,
          true,
          what + " is not there, although " + name + " is started",
          "scr:list " + bundle.getBundleId());
    }
    broken.stream()
        .skip(1)
        .forEach(one -> reasons.add(component(what, name, one, bundle.getBundleId())));
    return component(what, name, broken.get(0), bundle.getBundleId());
  }

  private static Reason component(String what, String bundle, String broken, long id) {
    return new Reason(
        Kind.COMPONENT,
        true,
        what + " is not there: in " + bundle + " " + broken,
        "scr:list " + id);
  }

  private List<String> brokenComponents(Bundle bundle) {
    ServiceComponentRuntime runtime = components.get();
    List<String> broken = new ArrayList<>();
    if (runtime != null) {
      Collection<ComponentDescriptionDTO> all = runtime.getComponentDescriptionDTOs(bundle);
      for (ComponentDescriptionDTO description : all) {
        if (!runtime.isComponentEnabled(description)) {
          broken.add("the component " + description.name + " is disabled");
        }
        for (ComponentConfigurationDTO one : runtime.getComponentConfigurationDTOs(description)) {
          describe(description.name, one, broken);
        }
      }
    }
    return broken;
  }

  private static void describe(
      String name, ComponentConfigurationDTO component, List<String> broken) {
    if (component.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
      broken.add("the component " + name + " waits for a configuration " + name);
    } else if (component.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
      broken.add(
          "the component "
              + name
              + " waits for services: "
              + Arrays.stream(component.unsatisfiedReferences)
                  .map(one -> one.name + (one.target == null ? "" : " " + one.target))
                  .collect(Collectors.joining(", ")));
    } else if (component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      String failure = component.failure == null ? "" : component.failure;
      broken.add(
          "the component "
              + name
              + " failed to activate: "
              + failure.lines().findFirst().orElse("the log says why"));
    }
  }
}
