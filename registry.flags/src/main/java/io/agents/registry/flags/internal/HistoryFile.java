package io.agents.registry.flags.internal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A history of changes in a file, one line a change. A file that can't be read or written is
 * logged, and never in the way of a change.
 *
 * @param <T> what a change is
 */
final class HistoryFile<T> {

  /** How one change is written in one line. */
  interface Format<T> {

    /** The line. */
    String encode(T change);

    /** The change of a line; throws whatever exception if the line is damaged. */
    T decode(String line);
  }

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

  /** A line holds at most a reason of 1,000 characters of 9 bytes each, and little else. */
  private static final long LARGEST_LINE = 10_000;

  /** Whose history it is, in logged lines. */
  private final String subject;

  /** How many changes are kept. */
  private final int size;

  private final Format<T> format;

  /** Null if the framework has no file system. */
  private final @Nullable Path file;

  /** Guarded by this object's lock. */
  private boolean failing;

  HistoryFile(@Nullable File file, String subject, int size, Format<T> format) {
    this.subject = subject;
    this.size = size;
    this.format = format;
    this.file = file == null ? null : file.toPath();
  }

  /** The changes in the file, without those that are damaged; empty if there is none. */
  List<T> read() {
    if (file == null || !Files.exists(file)) {
      return List.of();
    }
    try {
      long bytes = Files.size(file);
      long largest = size * LARGEST_LINE;
      if (bytes > largest) {
        LOG.warn(
            "The history of {} has {} bytes, more than {}; begun anew", subject, bytes, largest);
        return List.of();
      }
      // Not readAllLines, which throws at bytes that are no UTF-8.
      return decode(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      LOG.warn("The history of {} can't be read; begun anew", subject, e);
      return List.of();
    }
  }

  /**
   * Writes the history as it is now. Asks for it under the lock that puts the writers in order, so
   * that the last one writes the latest.
   */
  synchronized void write(Supplier<List<T>> history) {
    if (file == null) {
      return;
    }
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, history.get().stream().map(format::encode).toList());
      replace(next);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("The history of {} can't be kept over a restart", subject, e);
      }
      failing = true;
    }
  }

  /** In one step, so that whoever is killed here leaves the old file or the new one. */
  private void replace(Path next) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<T> decode(List<String> lines) {
    List<T> changes = new ArrayList<>();
    int damaged = 0;
    for (String line : lines) {
      try {
        changes.add(format.decode(line));
      } catch (RuntimeException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.warn("The history of {} has {} damaged lines; they are left out", subject, damaged);
    }
    int tooMany = Math.max(0, changes.size() - size);
    return changes.subList(tooMany, changes.size());
  }
}
