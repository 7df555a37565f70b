package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagChange.Source;
import io.agents.registry.flags.FlagValue;
import java.io.File;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of changes in a file, one line a change. A file that can't be read or written is
 * logged, and never in the way of a flag.
 */
final class HistoryFile {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

  /**
   * A line holds at most a reason of 1,000 characters of 9 bytes each, two values of 4,096
   * characters of 3 bytes each, and little else.
   */
  private static final long LARGEST = FeatureFlags.HISTORY_SIZE * 35_000L;

  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 7;

  /** Null if the framework has no file system. */
  private final @Nullable Path file;

  /** Guarded by this object's lock. */
  private boolean failing;

  HistoryFile(@Nullable File file) {
    this.file = file == null ? null : file.toPath();
  }

  /** The changes in the file, without those that are damaged; empty if there is none. */
  List<FlagChange> read() {
    if (file == null || !Files.exists(file)) {
      return List.of();
    }
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        LOG.warn("The history of flags has {} bytes, more than {}; begun anew", size, LARGEST);
        return List.of();
      }
      // Not readAllLines, which throws at bytes that are no UTF-8.
      return decode(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      LOG.warn("The history of flags can't be read; begun anew", e);
      return List.of();
    }
  }

  /**
   * Writes the history as it is now. Asks for it under the lock that puts the writers in order, so
   * that the last one writes the latest.
   */
  synchronized void write(Supplier<List<FlagChange>> history) {
    if (file == null) {
      return;
    }
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, history.get().stream().map(HistoryFile::encode).toList());
      replace(next);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("The history of flags can't be kept over a restart", e);
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

  private static List<FlagChange> decode(List<String> lines) {
    List<FlagChange> changes = new ArrayList<>();
    int damaged = 0;
    for (String line : lines) {
      try {
        changes.add(decode(line));
      } catch (RuntimeException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.warn("The history of flags has {} damaged lines; they are left out", damaged);
    }
    int tooMany = Math.max(0, changes.size() - FeatureFlags.HISTORY_SIZE);
    return changes.subList(tooMany, changes.size());
  }

  private static String encode(FlagChange change) {
    return String.join(
        SEPARATOR,
        String.valueOf(change.at().toEpochMilli()),
        change.flag(),
        change.from().toString(),
        change.to().toString(),
        String.valueOf(change.configured()),
        change.source().name(),
        // A reason may have line breaks and separators in it.
        URLEncoder.encode(change.reason(), StandardCharsets.UTF_8));
  }

  private static FlagChange decode(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not " + FIELDS + " fields");
    }
    return new FlagChange(
        Instant.ofEpochMilli(Long.parseLong(fields[0])),
        fields[1],
        FlagValue.parse(fields[2]),
        FlagValue.parse(fields[3]),
        Boolean.parseBoolean(fields[4]),
        URLDecoder.decode(fields[6], StandardCharsets.UTF_8),
        Source.valueOf(fields[5]));
  }
}
