package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/**
 * What a container logs as a warning or an error from its start on. A test says which of them it
 * provokes; any other one fails it, whoever logged it: Declarative Services, the framework or ours.
 */
public final class LoggedWarnings {

  private final Set<String> logged = new ConcurrentSkipListSet<>();
  private final List<String> allowed = new ArrayList<>();

  LoggedWarnings(BundleContext context) {
    LogReaderService reader =
        context.getService(context.getServiceReference(LogReaderService.class));
    // In this order, so that nothing is missed in between; what is seen twice is kept once.
    reader.addLogListener(this::add);
    Collections.list(reader.getLog()).forEach(this::add);
  }

  private void add(LogEntry entry) {
    LogLevel level = entry.getLogLevel();
    if (level == LogLevel.WARN || level == LogLevel.ERROR) {
      Bundle bundle = entry.getBundle();
      String who = bundle == null ? entry.getLoggerName() : bundle.getSymbolicName();
      Throwable cause = entry.getException();
      logged.add(
          level + " " + who + ": " + entry.getMessage() + (cause == null ? "" : " - " + cause));
    }
  }

  /**
   * From now on, and for what was logged before: messages with this text in them are no failure.
   */
  void allow(String... parts) {
    allowed.addAll(List.of(parts));
  }

  void checkNoOther() {
    assertThat(logged)
        .as("warnings that nobody provoked")
        .filteredOn(line -> allowed.stream().noneMatch(line::contains))
        .isEmpty();
  }
}
