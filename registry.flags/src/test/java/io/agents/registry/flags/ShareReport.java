package io.agents.registry.flags;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * What shares are in this JVM, as text: a line for each percentage with how many ids are on and a
 * checksum of which. Its main method is run by JVMs with other settings.
 */
public final class ShareReport {

  static final int IDS = 100_000;
  private static final String[] PARTS = {
    "node-", "Z\u00fcrich-", "I\u0130\u0131i-", "\ud83d\ude00"
  };

  private ShareReport() {}

  static String id(int number) {
    return PARTS[number % PARTS.length] + number;
  }

  static String text() {
    StringBuilder text = new StringBuilder();
    int[] buckets = new int[IDS];
    CRC32 all = new CRC32();
    for (int i = 0; i < IDS; i++) {
      buckets[i] = FlagValue.bucketOf(FeatureFlags.USE_ETS, id(i));
      all.update(buckets[i] >>> 8);
      all.update(buckets[i]);
    }
    text.append("buckets ").append(all.getValue()).append('\n');
    for (int percent = 0; percent <= 100; percent++) {
      FlagValue value = FlagValue.percentage(percent);
      CRC32 which = new CRC32();
      int on = 0;
      for (int i = 0; i < IDS; i++) {
        // As in includes(), which would hash anew.
        boolean isOn = value.isOn() || buckets[i] < value.buckets();
        which.update(isOn ? 1 : 0);
        on += isOn ? 1 : 0;
      }
      text.append(percent).append(" percent: ").append(on).append(" ids, ");
      text.append(which.getValue()).append('\n');
    }
    return text.toString();
  }

  /**
   * Prints the settings of this JVM and the report.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(Locale.getDefault() + " " + Charset.defaultCharset());
    out.print(text());
  }
}
