package io.agents.registry.core.internal;

import io.agents.registry.api.QuotaExceededException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why services are no agents, or not as they would like to be. Called with the lock of the
 * whiteboard held.
 */
final class WhiteboardLog {

  /*
   * Design: a service that asked for its id is told of everything that is wrong with it. Those that a
   * filter has chosen did not ask, and may be thousands: what metadata can't hold of them is nobody's
   * fault, and of a lack of room one line speaks for all, until there is another filter.
   */

  private static final Logger LOG = LoggerFactory.getLogger(WhiteboardLog.class);

  private boolean noRoomTold;

  /** Tells of what is wrong with a service, each thing once; `told` is what was told of before. */
  void problems(ServiceReference<?> service, ServiceReading reading, Set<String> told) {
    Candidate candidate = reading.candidate();
    if (candidate != null && !candidate.isNamed()) {
      LOG.debug("The service {}: {}", candidate.serviceId(), reading.problems());
      return;
    }
    for (String problem : reading.problems()) {
      if (told.add(problem)) {
        LOG.warn(
            "The service {} of bundle {}: {}",
            service.getProperty(Constants.SERVICE_ID),
            service.getBundle(),
            problem);
      }
    }
  }

  /** A service was not taken in, for a reason that nobody has thought of. */
  void failed(ServiceReference<?> service, RuntimeException cause) {
    LOG.warn(
        "The service {} of bundle {} is not registered as an agent",
        service.getProperty(Constants.SERVICE_ID),
        service.getBundle(),
        cause);
  }

  /** There is no room for a service; to be called once for each. */
  void noRoom(Candidate candidate, QuotaExceededException cause) {
    if (candidate.isNamed()) {
      warnOfNoRoom(candidate, cause, "");
    } else if (!noRoomTold) {
      noRoomTold = true;
      warnOfNoRoom(candidate, cause, "; nor may be others that the whiteboard filter has chosen");
    } else {
      LOG.debug("The service {} is not registered: {}", candidate.serviceId(), cause.getMessage());
    }
  }

  /** Another filter is in force. */
  void filtered(@Nullable Object filter, int agents) {
    noRoomTold = false;
    LOG.info(
        "{} is {}; {} services are agents",
        WhiteboardFilter.KEY,
        filter == null ? "not set" : filter,
        agents);
  }

  private static void warnOfNoRoom(
      Candidate candidate, QuotaExceededException cause, String others) {
    LOG.warn(
        "The service {} of bundle {} is not registered as the agent '{}': {}{}",
        candidate.serviceId(),
        candidate.owner(),
        candidate.id(),
        cause.getMessage(),
        others);
  }
}
