package io.agents.reliability;

/** What a backend is, without threads: for each id who holds it, and which owners are gone. */
public class BackendSequence {

  private final int[] owner = {-1, -1};
  private final int[] revision = {0, 0};
  private final boolean[][] gone = new boolean[2][BackendOperations.OWNERS];

  private String described(int id) {
    return owner[id] < 0 ? "none" : "owner " + owner[id] + " revision " + revision[id];
  }

  /** As {@link BackendOperations#put}. */
  public String put(int id, int newOwner) {
    if (gone[id][newOwner]) {
      return "refused";
    }
    if (owner[id] >= 0) {
      return described(id);
    }
    owner[id] = newOwner;
    revision[id] = 1;
    return "stored";
  }

  /** As {@link BackendOperations#replace}. */
  public String replace(int id, int newOwner) {
    if (gone[id][newOwner] || owner[id] < 0) {
      return "not replaced";
    }
    owner[id] = newOwner;
    revision[id] = 1;
    return "replaced";
  }

  /** As {@link BackendOperations#update}. */
  public String update(int id, int expected) {
    if (owner[id] < 0) {
      return "none";
    }
    if (revision[id] != expected) {
      return "stale, " + described(id);
    }
    revision[id]++;
    return described(id);
  }

  /** As {@link BackendOperations#lookup}. */
  public String lookup(int id) {
    return described(id);
  }

  /** As {@link BackendOperations#remove}. */
  public String remove(int id) {
    String removed = owner[id] < 0 ? "none" : "removed";
    owner[id] = -1;
    return removed;
  }

  /** As {@link EtsOperations#ownerGone}. */
  public void ownerGone(int id, int goingOwner) {
    gone[id][goingOwner] = true;
    if (owner[id] == goingOwner) {
      owner[id] = -1;
    }
  }
}
