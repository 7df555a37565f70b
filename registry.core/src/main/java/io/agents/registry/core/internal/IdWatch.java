package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;

/**
 * Is told what becomes of ids. The part that registers services as agents is the one that watches.
 */
interface IdWatch {

  /** Nobody watches. */
  IdWatch NONE =
      new IdWatch() {
        @Override
        public void ended(Agent agent, Reason reason) {}

        @Override
        public void freed(String id) {}
      };

  /** A registration has ended. Called with the write lock of the id held: may only take a note. */
  void ended(Agent agent, Reason reason);

  /** Somebody else has let go of an id. Called without locks. */
  void freed(String id);
}
