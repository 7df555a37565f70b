package io.agents.registry.shell.internal.logic;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the rollout, and says what was done when the registry has followed, or why not yet. */
public final class RolloutChanges {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutChanges.class);

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+%?");
  private static final String PARTIAL = "partial";

  private final Rollout rollout;
  private final Following following;

  /**
   * Begins.
   *
   * @param rollout is moved
   * @param selection tells when the registry has followed, if it is there
   * @param patience how long to wait for that
   */
  public RolloutChanges(Rollout rollout, Optional<BackendSelection> selection, Duration patience) {
    this.rollout = rollout.byCommand();
    following = new Following(selection, patience);
  }

  /**
   * Goes to the next stage.
   *
   * @param words a percentage, if the first looks like one; then the reason
   * @param force whether to go although the readiness check is against it
   * @return what was done
   */
  public String next(List<String> words, boolean force) {
    boolean hasPercent = !words.isEmpty() && NUMBER.matcher(words.get(0)).matches();
    Optional<Double> percent =
        hasPercent ? Optional.of(FlagValue.parse(words.get(0)).percent()) : Optional.empty();
    return moved(rollout.next(percent, force, reason(words, hasPercent ? 1 : 0)));
  }

  /**
   * Goes back to an earlier stage.
   *
   * @param words the stage, {@code partial 10%} in one word or two; then the reason
   * @return what was done
   */
  public String back(List<String> words) {
    boolean isTwoWords =
        words.size() > 1
            && words.get(0).equalsIgnoreCase(PARTIAL)
            && NUMBER.matcher(words.get(1)).matches();
    RolloutStage stage =
        RolloutStage.parse(isTwoWords ? words.get(0) + " " + words.get(1) : words.get(0));
    return moved(rollout.back(stage, reason(words, isTwoWords ? 2 : 1)));
  }

  /**
   * Ends the rollout. That it is done is said even if it can't be found out how the registry
   * follows.
   *
   * @param words the reason
   * @return what was done
   */
  public String rollback(List<String> words) {
    RolloutChange change = rollout.rollback(reason(words, 0));
    try {
      return moved(change);
    } catch (CommandException e) {
      return done(change) + "\n" + e;
    } catch (RuntimeException e) {
      LOG.error("Rolled back, but the registry can't be asked how it follows", e);
      return done(change) + "\nhow the registry follows can't be told: " + Printable.of(e + "");
    }
  }

  /**
   * Takes the hold on promotion away.
   *
   * @param words the reason
   * @return what was done
   */
  public String clear(List<String> words) {
    Optional<String> hold = rollout.status().hold();
    RolloutChange change = rollout.clear(reason(words, 0));
    return hold.map(why -> "cleared the hold: " + Printable.of(why))
            .orElse("there was no hold to clear")
        + "\nthe stage is "
        + change.to();
  }

  private String moved(RolloutChange change) {
    return done(change) + "\n" + following.line();
  }

  private static String done(RolloutChange change) {
    String was =
        change.from().equals(change.to()) ? " (as before)" : " (was " + change.from() + ")";
    return "the stage is " + change.to() + was + (change.forced() ? ", forced" : "");
  }

  private static String reason(List<String> words, int first) {
    return String.join(" ", words.subList(first, words.size()));
  }
}
