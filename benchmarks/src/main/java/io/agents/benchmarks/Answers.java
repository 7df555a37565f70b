package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an implementation answers to a fixed list of questions, before and after fixed changes. */
final class Answers {

  private static final int LOOKUPS = 1_000;

  /** Those that scan, and the service registry, would need minutes for a hundred. */
  private static final int MOST_QUERIES_OF_A_KIND = 30;

  private static final int FEWEST_QUERIES_OF_A_KIND = 3;

  /** All scans of a kind together look at so many agents. */
  private static final int SCANNED = 1_000_000;

  /**
   * Every so manieth agent is updated, every so manieth registered again, every so manieth goes.
   */
  private static final int EVERY = 10;

  private final Map<String, Object> answers = new LinkedHashMap<>();

  private Answers() {}

  /**
   * Asks, changes, and asks again.
   *
   * @return the answer to each question: a text, a number, or a sorted list of texts
   */
  static Map<String, Object> of(Population population) {
    Answers answers = new Answers();
    answers.ask("at first", population);
    change(population);
    answers.ask("after changes", population);
    return answers.answers;
  }

  private static void change(Population population) {
    List<AgentData.Entry> entries = population.data().shuffled();
    for (int i = 0; i < entries.size(); i++) {
      AgentData.Entry entry = entries.get(i);
      switch (i % EVERY) {
        case 0 -> population.subject().update(entry.id(), entry.changed());
        case 1 -> {
          population.subject().unregister(entry.id());
          population.register(entry);
        }
        case 2 -> population.subject().unregister(entry.id());
        default -> {}
      }
    }
  }

  private void ask(String when, Population population) {
    Subject subject = population.subject();
    AgentData data = population.data();
    int queries =
        Math.max(
            FEWEST_QUERIES_OF_A_KIND,
            Math.min(MOST_QUERIES_OF_A_KIND, SCANNED / data.entries().size()));
    answers.put("count() " + when, subject.count());
    answers.put("lookup of an unknown agent " + when, describe(subject.lookup("agent")));
    for (AgentData.Entry entry : firstOf(data.shuffled(), LOOKUPS)) {
      answers.put("lookup of " + entry.id() + " " + when, describe(subject.lookup(entry.id())));
    }
    for (Query query : firstOf(data.narrowQueries(), queries)) {
      List<String> found =
          subject.query(query.toString()).stream().map(Answers::version).sorted().toList();
      answers.put("query of the text " + query + " " + when, found);
    }
    answers.put("list() " + when, subject.list().stream().map(Answers::version).sorted().toList());
    for (Search search : data.searches()) {
      subject.prepare(search.query());
      // Of agents with the same memory anyone may be among the first.
      List<Object> memory =
          subject.find(search).stream().map(a -> a.metadata().get(AgentData.MEMORY)).toList();
      answers.put("find " + search + " " + when, memory);
    }
    for (List<Query> kind :
        List.of(
            data.nodeQueries(),
            data.typeQueries(),
            data.pairQueries(),
            data.wideQueries(),
            data.narrowQueries(),
            data.halfIndexedQueries(),
            data.rangeQueries())) {
      for (Query query : firstOf(kind, queries)) {
        subject.prepare(query);
        List<String> found = subject.query(query).stream().map(Answers::version).sorted().toList();
        answers.put("query " + query + " " + when, found);
        answers.put("count of " + query + " " + when, subject.count(query));
        answers.put("exists " + query + " " + when, subject.exists(query));
      }
    }
  }

  private static <T> List<T> firstOf(List<T> list, int most) {
    return list.subList(0, Math.min(list.size(), most));
  }

  private static String version(Agent agent) {
    return agent.id() + "@" + agent.revision();
  }

  private static String describe(Agent agent) {
    return agent == null ? "none" : version(agent) + " " + agent.metadata();
  }
}
