package io.agents.reliability;

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

/** What anybody in a framework logs as a warning or an error. */
final class LoggedProblems {

  private final Set<String> logged = new ConcurrentSkipListSet<>();

  LoggedProblems(BundleContext context) {
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

  /** Everything but what has one of these texts in it. */
  List<String> without(String... parts) {
    List<String> left = new ArrayList<>();
    for (String line : logged) {
      if (List.of(parts).stream().noneMatch(line::contains)) {
        left.add(line);
      }
    }
    return left;
  }
}
