package io.agents.registry.flags;

import io.agents.registry.flags.internal.Texts;
import java.util.Locale;
import java.util.Objects;

/**
 * How far the rollout of the implementation {@code ets} is. Stages are ordered: {@code off}, {@code
 * shadow}, {@code partial} with a rising share, {@code full}, {@code done}.
 *
 * @param name which stage
 * @param share the share of the nodes that {@code ets} serves in this stage; between off and on
 *     exactly in {@link Name#PARTIAL}
 */
public record RolloutStage(Name name, FlagValue share) implements Comparable<RolloutStage> {

  /** What the stages are called. */
  public enum Name {
    /** {@code legacy} serves. */
    OFF,
    /** {@code legacy} serves; {@code ets} is kept in step, and a share of reads is compared. */
    SHADOW,
    /** {@code ets} serves on a share of the nodes; the other one is kept in step on all of them. */
    PARTIAL,
    /** {@code ets} serves; {@code legacy} is kept in step, so that going back takes an instant. */
    FULL,
    /** {@code ets} serves; {@code legacy} is not kept in step any more. */
    DONE
  }

  /** The stage {@link Name#OFF}. */
  public static final RolloutStage OFF = new RolloutStage(Name.OFF, FlagValue.OFF);

  /** The stage {@link Name#SHADOW}. */
  public static final RolloutStage SHADOW = new RolloutStage(Name.SHADOW, FlagValue.OFF);

  /** The stage {@link Name#FULL}. */
  public static final RolloutStage FULL = new RolloutStage(Name.FULL, FlagValue.ON);

  /** The stage {@link Name#DONE}. */
  public static final RolloutStage DONE = new RolloutStage(Name.DONE, FlagValue.ON);

  /** What a stage may be as text, for a person. */
  public static final String ALLOWED =
      "off, shadow, partial with a percentage such as 'partial 10%', full or done";

  private static final String PARTIAL_PREFIX = "partial";

  /**
   * Makes a stage.
   *
   * @throws NullPointerException if anything is null
   * @throws IllegalArgumentException if the share is not one of the stage
   */
  public RolloutStage {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(share, "share");
    boolean fits =
        switch (name) {
          case OFF, SHADOW -> share.isOff();
          case PARTIAL -> !share.isOff() && !share.isOn();
          case FULL, DONE -> share.isOn();
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "the share "
              + share
              + " is none of the stage "
              + name.name().toLowerCase(Locale.ROOT)
              + "; allowed are 0 for off and shadow, 100 for full and done, and what is between for"
              + " partial");
    }
  }

  /**
   * The stage {@link Name#PARTIAL}.
   *
   * @param share of the nodes, neither off nor on
   * @return the stage
   * @throws IllegalArgumentException if the share is off or on
   */
  public static RolloutStage partial(FlagValue share) {
    return new RolloutStage(Name.PARTIAL, share);
  }

  /**
   * Reads a stage from text, in any case: {@code off}, {@code shadow}, {@code partial 10%}, {@code
   * full} or {@code done}.
   *
   * @param text the text, as {@link #toString} makes it; the percentage as {@link FlagValue#parse}
   *     reads it
   * @return the stage
   * @throws IllegalArgumentException if it is null or anything else, naming it and what is allowed
   */
  public static RolloutStage parse(String text) {
    String word = text == null ? "" : text.strip();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "off" -> OFF;
      case "shadow" -> SHADOW;
      case "full" -> FULL;
      case "done" -> DONE;
      default -> parsePartial(word, text);
    };
  }

  private static RolloutStage parsePartial(String word, String text) {
    int prefix = PARTIAL_PREFIX.length();
    try {
      if (word.regionMatches(true, 0, PARTIAL_PREFIX, 0, prefix)) {
        // As it is: the names of nodes differ by the case of their letters.
        return partial(FlagValue.parse(word.substring(prefix)));
      }
    } catch (IllegalArgumentException e) {
      // Said below, with the whole text.
    }
    throw new IllegalArgumentException(
        Texts.describe(text) + " is no stage of the rollout; allowed are " + ALLOWED);
  }

  /**
   * Whether {@code ets} serves on a node, whatever the time is.
   *
   * @param node the name of the node; the conditions of the share are asked for it, too
   * @return whether this stage has the flag {@link FeatureFlags#USE_ETS} on there
   */
  public boolean servesEts(String node) {
    return share.includes(FeatureFlags.USE_ETS, FlagContext.ofNode(node));
  }

  /**
   * Whether the implementation that does not serve is kept in step.
   *
   * @return whether this is {@link Name#SHADOW}, {@link Name#PARTIAL} or {@link Name#FULL}
   */
  public boolean keepsInStep() {
    return name != Name.OFF && name != Name.DONE;
  }

  /**
   * Whether another stage comes later in the rollout.
   *
   * @param other the other one
   * @return whether this one is before it
   */
  public boolean isBefore(RolloutStage other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(RolloutStage other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Integer.compare(share.buckets(), other.share.buckets());
  }

  /**
   * The stage as text, as {@link #parse} reads it.
   *
   * @return {@code off}, {@code shadow}, {@code partial 10%}, {@code full} or {@code done}; with
   *     the conditions of the share, as in {@code partial 100% for edge-*}
   */
  @Override
  public String toString() {
    String word = name.name().toLowerCase(Locale.ROOT);
    return name == Name.PARTIAL ? word + " " + shareText() : word;
  }

  /** A share that is on for some is 100 percent of those: "partial on" would read like a switch. */
  private String shareText() {
    return share.buckets() == FlagValue.BUCKETS ? "100% " + share.conditions() : share.toString();
  }
}
