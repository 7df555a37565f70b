package io.agents.registry.ets.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An agent that joins a posting list, while the last one in it leaves, is found (B5.6). */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the one that joined")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost with the list")
@State
public class ListThatEmpties {

  private final StoreOfAgents store = new StoreOfAgents();

  public ListThatEmpties() {
    store.put("a");
  }

  @Actor
  public void join() {
    store.putAnother("a");
  }

  @Actor
  public void leave() {
    store.remove();
  }

  @Arbiter
  public void look(I_Result r) {
    r.r1 = store.count("(capability=a)");
  }
}
