package io.agents.reliability.jcstress;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The same tests one by one, for bugs that are planted; {@link StressTest} runs all in the build.
 */
class OneStress {

  private static void run(String test) throws IOException, InterruptedException {
    Stress.of(test, ".*\\." + test + "$").requirePassed(1);
  }

  @Test
  void agentPublication() throws IOException, InterruptedException {
    run("AgentPublication");
  }

  @Test
  void metadataPublication() throws IOException, InterruptedException {
    run("MetadataPublication");
  }

  @Test
  void lookupDuringHandOver() throws IOException, InterruptedException {
    run("LookupDuringHandOver");
  }

  @Test
  void lookupDuringHandOverAndBack() throws IOException, InterruptedException {
    run("LookupDuringHandOverAndBack");
  }

  @Test
  void listDuringHandOver() throws IOException, InterruptedException {
    run("ListDuringHandOver");
  }

  @Test
  void routeVisibility() throws IOException, InterruptedException {
    run("RouteVisibility");
  }

  @Test
  void registrationDuringHandOver() throws IOException, InterruptedException {
    run("RegistrationDuringHandOver");
  }

  @Test
  void updateDuringHandOver() throws IOException, InterruptedException {
    run("UpdateDuringHandOver");
  }

  @Test
  void removalDuringHandOver() throws IOException, InterruptedException {
    run("RemovalDuringHandOver");
  }

  @Test
  void queryBesideAdd() throws IOException, InterruptedException {
    run("QueryBesideAdd");
  }

  @Test
  void queryBesideRemoval() throws IOException, InterruptedException {
    run("QueryBesideRemoval");
  }

  @Test
  void unionBesideMove() throws IOException, InterruptedException {
    run("UnionBesideMove");
  }

  @Test
  void queryBesideUpdateThatMatches() throws IOException, InterruptedException {
    run("QueryBesideUpdateThatMatches");
  }

  @Test
  void listThatEmpties() throws IOException, InterruptedException {
    run("ListThatEmpties");
  }

  @Test
  void putBesideOwnerThatGoes() throws IOException, InterruptedException {
    run("PutBesideOwnerThatGoes");
  }
}
