package io.agents.registry.testkit.reliability;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The stacks of all threads, as text. */
final class Threads {

  private Threads() {}

  static String dump() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] locked = threads.findDeadlockedThreads();
    String deadlock =
        locked == null
            ? "no deadlock among monitors and locks\n"
            : "deadlock of the threads "
                + LongStream.of(locked).mapToObj(Long::toString).collect(Collectors.joining(", "))
                + "\n";
    return deadlock
        + Stream.of(threads.dumpAllThreads(true, true))
            .map(Threads::text)
            .collect(Collectors.joining("\n"));
  }

  // ThreadInfo.toString() stops after eight frames.
  private static String text(ThreadInfo thread) {
    String waiting =
        thread.getLockName() == null
            ? ""
            : " on " + thread.getLockName() + " held by " + thread.getLockOwnerName();
    return "\"%s\" %d %s%s%n"
            .formatted(
                thread.getThreadName(), thread.getThreadId(), thread.getThreadState(), waiting)
        + Arrays.stream(thread.getStackTrace())
            .map(frame -> "    at " + frame)
            .collect(Collectors.joining("\n"));
  }
}
