package io.agents.registry.core.internal;

import java.util.Arrays;

/**
 * What the operations of {@link SwappedRegistry} do, one after the other: a registry that knows of
 * no backends. Public, as Lincheck makes instances of it.
 */
public class SequentialRegistry {

  private static final int NOBODY = -1;

  private final int[] owners = {NOBODY, NOBODY};
  private final int[] revisions = new int[2];

  /** As {@link SwappedRegistry#register}. */
  public boolean register(int id, int owner) {
    if (owners[id] != NOBODY) {
      return false;
    }
    replace(id, owner);
    return true;
  }

  /** As {@link SwappedRegistry#replace}. */
  public void replace(int id, int owner) {
    owners[id] = owner;
    revisions[id] = 1;
  }

  /** As {@link SwappedRegistry#update}. */
  public String update(int id, int owner, int revision) {
    if (owners[id] != owner) {
      return "not found";
    }
    if (revisions[id] != revision) {
      return "stale";
    }
    revisions[id]++;
    return "revision " + revisions[id];
  }

  /** As {@link SwappedRegistry#unregister}. */
  public boolean unregister(int id, int owner) {
    if (owners[id] != owner) {
      return false;
    }
    owners[id] = NOBODY;
    return true;
  }

  /** As {@link SwappedRegistry#lookup}. */
  public String lookup(int id) {
    return owners[id] == NOBODY ? "none" : owners[id] + " at " + revisions[id];
  }

  /** As {@link SwappedRegistry#ownerGone}. */
  public void ownerGone(int id, int owner) {
    unregister(id, owner);
  }

  /** Changes nothing that anybody sees. */
  public String swap() {
    return "COMPLETED";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequentialRegistry that
        && Arrays.equals(owners, that.owners)
        && Arrays.equals(revisions, that.revisions);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(owners) + Arrays.hashCode(revisions);
  }
}
