package io.agents.distribution.runner.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.JobListener;

/**
 * Hears of commands that fail inside a pipe. Gogo prints what they say, but goes on with what
 * stands behind the pipe, and keeps the failure in a variable that the next pipe overwrites.
 */
final class PipeFailures implements JobListener {

  /** The variable; the name is Gogo's. */
  private static final String PIPE_EXCEPTION = "pipe-exception";

  /** Set on threads of Gogo. */
  private final AtomicBoolean any = new AtomicBoolean();

  private final CommandSession session;

  private PipeFailures(CommandSession session) {
    this.session = session;
  }

  /** Listens to what runs in a session from now on. */
  static PipeFailures in(CommandSession session) {
    PipeFailures failures = new PipeFailures(session);
    session.setJobListener(failures);
    return failures;
  }

  @Override
  public void jobChanged(Job job, Job.Status previous, Job.Status current) {
    if (current == Job.Status.Done && session.get(PIPE_EXCEPTION) != null) {
      any.set(true);
    }
  }

  /** Whether a command has failed. */
  boolean any() {
    return any.get();
  }
}
