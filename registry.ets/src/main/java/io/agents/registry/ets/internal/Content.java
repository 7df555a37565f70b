package io.agents.registry.ets.internal;

import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;

/**
 * Everything that is kept by slot. Thrown away as a whole when the store is cleared. What is
 * written of a slot is written under its lock.
 */
final class Content {

  final ChangeLog log = new ChangeLog();
  final SlotTable slots = new SlotTable();
  final Postings<ServiceReference<?>> byOwner = new Postings<>(new ConcurrentHashMap<>());

  /** The slots that have an agent. */
  final SlotBits live = new SlotBits();

  /** Written under all locks. */
  private volatile AttributeIndexes indexes;

  /**
   * The indexes that are just being built, or the same as those in use; guarded by the locks,
   * written under all.
   */
  private AttributeIndexes building;

  Content(AttributeIndexes indexes, AttributeIndexes building) {
    this.indexes = indexes;
    this.building = building;
  }

  AttributeIndexes indexes() {
    return indexes;
  }

  AttributeIndexes building() {
    return building;
  }

  void build(AttributeIndexes next) {
    building = next;
  }

  void useBuilt() {
    indexes = building;
  }
}
