package io.agents.registry.testkit.reliability;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The source of a class with a bug in it. */
final class PlantedSource {

  private PlantedSource() {}

  /**
   * Compiles the changed source against the class path of this process.
   *
   * @return the folder with the classes
   */
  static Path compile(PlantedBug bug, Path classes) throws IOException {
    String text = changed(bug);
    Path sources = classes.resolveSibling("source");
    Path source = sources.resolve(bug.type() + ".java");
    clear(sources);
    clear(classes);
    Files.createDirectories(sources);
    Files.createDirectories(classes);
    Files.writeString(source, text);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-d", classes.toString(), "-classpath", ClassPath.ofTests(), "-proc:none", "-nowarn");
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError("the bug '" + bug.bug() + "' does not compile:\n" + messages);
      }
    }
    return classes;
  }

  /**
   * The changed source.
   *
   * @throws AssertionError if a text that is to be changed is not there, or more than once
   */
  static String changed(PlantedBug bug) throws IOException {
    return changed(bug, Files.readString(original(bug)));
  }

  private static Path original(PlantedBug bug) throws IOException {
    Path sources = root().resolve(bug.module()).resolve("src/main/java");
    try (Stream<Path> all = Files.walk(sources)) {
      List<Path> found = all.filter(path -> path.endsWith(bug.type() + ".java")).toList();
      if (found.size() != 1) {
        throw new AssertionError(
            "below " + sources + " one " + bug.type() + ".java is wanted, there are " + found);
      }
      return found.get(0);
    }
  }

  /** The folder of the whole project, which has the settings of Maven. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new AssertionError("no folder above " + here + " has a folder .mvn");
  }

  private static String changed(PlantedBug bug, String original) {
    String text = original;
    for (PlantedBug.Edit edit : bug.edits()) {
      int at = text.indexOf(edit.text());
      if (at < 0 || text.indexOf(edit.text(), at + 1) >= 0) {
        throw new AssertionError(
            "the bug '%s' is out of date: '%s' is %s in %s"
                .formatted(bug.bug(), edit.text(), at < 0 ? "not" : "more than once", bug.type()));
      }
      text = text.replace(edit.text(), edit.replacement());
    }
    if (text.equals(original)) {
      throw new AssertionError("the bug '" + bug.bug() + "' changes nothing");
    }
    return text;
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
