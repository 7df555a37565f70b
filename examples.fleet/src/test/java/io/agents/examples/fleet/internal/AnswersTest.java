package io.agents.examples.fleet.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the agents do with a task. */
class AnswersTest {

  @Test
  void translatorsTranslateTheWordsTheyKnow() {
    assertThat(new GermanTranslator().handle("Hello, world $1!")).isEqualTo("hallo, Welt $1!");
    assertThat(new FrenchTranslator().handle("good morning, agent")).isEqualTo("bon matin, agent");
  }

  @Test
  void thePlannerNumbersTheSteps() {
    assertThat(new Planner().handle("pack, lock the door and leave"))
        .isEqualTo("1. pack; 2. lock the door; 3. leave");
  }

  @Test
  void thePlannerLeavesWordsWhole() {
    assertThat(new Planner().handle("buy candy and then stand up"))
        .isEqualTo("1. buy candy; 2. stand up");
  }

  @Test
  void theRouterGivesTheSameKeyTheSameNode() {
    Router router = new Router();
    String text = "polygenelubricants"; // Its hash code is Integer.MIN_VALUE.
    assertThat(router.handle(text)).isIn("node-1", "node-2", "node-3");
    assertThat(router.handle("a")).isEqualTo(router.handle("a")).isNotEqualTo(router.handle("b"));
  }

  @Test
  void thePictureReaderMeasures() {
    assertThat(new PictureReader().handle("..##/.####/")).isEqualTo("5 x 2 pixels, 6 of them dark");
  }

  @Test
  void theSentimentReaderWeighsWords() {
    SentimentReader reader = new SentimentReader();
    assertThat(reader.handle("Thanks, well done!")).isEqualTo("friendly");
    assertThat(reader.handle("slow and broken, but good")).isEqualTo("unfriendly");
    assertThat(reader.handle("a table")).isEqualTo("neutral");
  }

  @Test
  void theArchivistFindsProverbs() {
    assertThat(new Archivist().handle("MANY"))
        .isEqualTo("Many hands make light work. Too many cooks spoil the broth.");
  }
}
