package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.UnknownFlagException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link FeatureFlags} service: checks arguments. Values are kept by the {@link FlagStore}. */
@Component(
    service = {FeatureFlags.class, FlagSource.class},
    configurationPid = FeatureFlags.NODE_PID,
    immediate = true)
@Designate(ocd = NodeConfiguration.class)
public final class FlagsComponent implements FlagSource {

  private static final Logger LOG = LoggerFactory.getLogger(FlagsComponent.class);

  private final BundleContext context;
  private final FlagStore store;
  private final Definitions definitions = new Definitions();

  /**
   * Activates the component.
   *
   * @param context the context of this bundle
   * @param admin where the values live
   * @param node the name of this node
   * @param properties all that is configured for the node
   */
  @Activate
  public FlagsComponent(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      NodeConfiguration node,
      Map<String, Object> properties) {
    this.context = context;
    this.store =
        new FlagStore(
            new PidConfiguration(admin, FeatureFlags.PID),
            new HistoryFile<>(
                context.getDataFile("flags.history"),
                "flags",
                HISTORY_SIZE,
                new FlagChangeFormat()),
            nodeName(node));
    store.define(definitions.holding());
    store.open(context);
    warnOfUnknownKeys(properties);
  }

  @Modified
  void modified(NodeConfiguration node, Map<String, Object> properties) {
    warnOfUnknownKeys(properties);
    store.name(nodeName(node));
  }

  @Deactivate
  void deactivate() {
    store.close();
  }

  @Reference(
      name = "definition",
      service = FlagDefinition.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      updated = "rerank",
      unbind = "undefine")
  void define(ServiceReference<FlagDefinition> reference, FlagDefinition definition) {
    definitions.add(reference, definition);
    store.define(definitions.holding());
  }

  void rerank(ServiceReference<FlagDefinition> reference) {
    store.define(definitions.holding());
  }

  void undefine(ServiceReference<FlagDefinition> reference) {
    definitions.remove(reference);
    store.define(definitions.holding());
  }

  private String nodeName(NodeConfiguration node) {
    return NodeName.of(
        node.node_name(), context.getProperty(FeatureFlags.NODE_NAME_PROPERTY), System::getenv);
  }

  private static void warnOfUnknownKeys(Map<String, Object> properties) {
    for (String key : properties.keySet()) {
      // DS adds the targets of the references.
      if (!key.equals(FeatureFlags.NODE_NAME)
          && !key.endsWith(".target")
          && !ReservedKeys.isReserved(key)) {
        LOG.warn(
            "Configuration {}: unknown key {}; ignored; allowed is {}",
            FeatureFlags.NODE_PID,
            Texts.describe(key),
            FeatureFlags.NODE_NAME);
      }
    }
  }

  @Override
  public Runnable onChange(Runnable listener) {
    return store.onChange(listener);
  }

  @Override
  public boolean isEnabled(String flag) {
    FlagState state = store.flags().get(flag);
    if (state == null) {
      throw unknown(flag);
    }
    return state.onHere();
  }

  @Override
  public boolean isEnabled(String flag, String id) {
    return state(flag).value().includes(flag, notNull(id, "an id"));
  }

  @Override
  public FlagState state(String flag) {
    FlagState state = store.flags().get(flag);
    if (state == null) {
      throw unknown(flag);
    }
    return state;
  }

  @Override
  public List<FlagState> list() {
    return store.flags().values().stream().sorted(Comparator.comparing(FlagState::name)).toList();
  }

  @Override
  public List<FlagChange> history() {
    return store.history();
  }

  @Override
  public String nodeName() {
    return store.nodeName();
  }

  private RuntimeException unknown(String flag) {
    notNull(flag, "the name of a flag");
    return new UnknownFlagException(flag, store.flags().keySet());
  }

  @Override
  public FlagChange enable(String flag, String reason) {
    return change(flag, Optional.of(FlagValue.ON), reason);
  }

  @Override
  public FlagChange disable(String flag, String reason) {
    return change(flag, Optional.of(FlagValue.OFF), reason);
  }

  @Override
  public FlagChange setPercentage(String flag, double percent, String reason) {
    return change(flag, Optional.of(FlagValue.percentage(percent)), reason);
  }

  @Override
  public FlagChange reset(String flag, String reason) {
    return change(flag, Optional.empty(), reason);
  }

  @Override
  public List<FlagChange> resetAll(String reason) {
    Map<String, Optional<FlagValue>> wanted = new TreeMap<>();
    store.flags().keySet().forEach(flag -> wanted.put(flag, Optional.empty()));
    return List.copyOf(
        new TreeMap<>(store.write(new Intent(wanted, checkedReason(reason)))).values());
  }

  @Override
  public void changeAll(Map<String, Optional<FlagValue>> wanted, String reason) {
    wanted.keySet().forEach(this::state);
    store.write(new Intent(wanted, checkedReason(reason)));
  }

  private FlagChange change(String flag, Optional<FlagValue> value, String reason) {
    FlagState before = state(flag);
    Intent intent = new Intent(Map.of(flag, value), checkedReason(reason));
    FlagChange booked = store.write(intent).get(flag);
    if (booked != null) {
      return booked;
    }
    FlagValue same = value.orElse(before.defaultValue());
    return new FlagChange(
        Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
        flag,
        same,
        same,
        value.isPresent(),
        reason,
        FlagChange.Source.CALL);
  }

  private static String checkedReason(String reason) {
    notNull(reason, "a reason (which may be empty)");
    if (reason.length() > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "the reason has "
              + reason.length()
              + " characters; at most "
              + MAX_REASON_LENGTH
              + " are allowed");
    }
    return reason;
  }

  private static <T> T notNull(T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is needed, not null");
    }
    return value;
  }
}
