package io.agents.itests.karaf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two releases before this build, in a Maven repository of their own. */
final class Releases {

  static final Path REPOSITORY = Path.of("target", "repositories", "releases");
  static final String FIRST = "0.8.0";
  static final String SECOND = "0.9.0";

  private Releases() {}

  static void make() throws IOException {
    for (String version : List.of(FIRST, SECOND)) {
      Rebuilt.release(Path.of("target", "repositories", "features"), REPOSITORY, version);
    }
  }
}
