package io.agents.registry.flags.internal;

/**
 * Something to be remembered over a restart.
 *
 * @param key what it is about
 * @param text what it is
 */
record Note(String key, String text) {

  /** How many notes there may be. */
  static final int MOST = 100;

  /** A note in one line. */
  static final class Format implements HistoryFile.Format<Note> {

    @Override
    public String encode(Note note) {
      return Line.of(Line.escape(note.key()), Line.escape(note.text()));
    }

    @Override
    public Note decode(String line) {
      String[] fields = Line.fields(line, 2);
      return new Note(Line.unescape(fields[0]), Line.unescape(fields[1]));
    }
  }
}
