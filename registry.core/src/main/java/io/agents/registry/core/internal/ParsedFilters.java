package io.agents.registry.core.internal;

import io.agents.registry.api.Query;
import io.agents.registry.api.QueryLimits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Reads filters, and keeps what it has read for those that come again. */
final class ParsedFilters {

  // Design: what is kept is bounded in number and length. When it is full it is thrown away as a
  // whole: whoever asks the same again and again is back at once, and no list of uses is written
  // with
  // every reading. What was read under other limits is never given.

  static final int MOST = 1_000;

  /** In characters; longer texts are read anew each time. */
  static final int LONGEST = 1_000;

  private record Kept(QueryLimits limits, ConcurrentMap<String, Query> queries) {
    Kept(QueryLimits limits) {
      this(limits, new ConcurrentHashMap<>());
    }
  }

  private volatile Kept kept = new Kept(QueryLimits.DEFAULT);

  Query parse(String filter, QueryLimits limits) {
    if (filter == null || filter.length() > LONGEST) {
      // No text at all is refused there, as any other bad text is.
      return Query.parse(filter, limits);
    }
    Kept present = kept;
    if (!present.limits.equals(limits)) {
      present = new Kept(limits);
      kept = present;
    }
    Query known = present.queries.get(filter);
    if (known != null) {
      return known;
    }
    Query query = Query.parse(filter, limits);
    if (present.queries.size() >= MOST) {
      present = new Kept(limits);
      kept = present;
    }
    present.queries.put(filter, query);
    return query;
  }

  /** How many queries are kept. */
  int size() {
    return kept.queries.size();
  }
}
