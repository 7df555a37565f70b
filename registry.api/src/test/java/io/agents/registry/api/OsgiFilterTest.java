package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

@DisplayName("R6.19 Queries read and answer as OSGi filters do, where both speak of the same")
class OsgiFilterTest {

  private static final long SEED = 1_960;
  private static final List<String> NAMES = List.of("a", "b", "c.d", "e f");
  private static final List<String> TEXTS =
      List.of("x", "X y", "yx", "a*b", "(z)", "\\", "xyx", " x ", "12", "-3");

  private final Random random = new Random(SEED);

  @Test
  @DisplayName("R6.19 random filters match the same random properties")
  void matchesTheSame() throws InvalidSyntaxException {
    for (int i = 0; i < 20_000; i++) {
      Query query = query(3);
      Filter filter = FrameworkUtil.createFilter(query.toString());
      Map<String, Object> properties = properties();
      assertThat(query.matches(properties))
          .as("%s on %s, seed %s", query, properties, SEED)
          .isEqualTo(filter.matches(properties));
    }
  }

  private Query query(int levels) {
    QueryCondition where = Query.where(NAMES.get(random.nextInt(NAMES.size())));
    return switch (random.nextInt(levels == 1 ? 7 : 10)) {
      case 0 -> where.present();
      case 1 -> where.atLeast(text());
      case 2 -> where.atMost(text());
      case 3 -> where.approximately(text());
      case 4 -> where.contains(text());
      case 5 -> where.pieces(text(), text(), text());
      case 7 -> query(levels - 1).and(query(levels - 1));
      case 8 -> query(levels - 1).or(query(levels - 1));
      case 9 -> query(levels - 1).negate();
      default -> where.equalTo(text());
    };
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    for (String name : NAMES) {
      switch (random.nextInt(4)) {
        case 0 -> properties.put(name, text());
        case 1 -> properties.put(name, (long) (random.nextInt(20) - 5));
        case 2 -> properties.put(name, List.of(text(), text()));
        default -> {}
      }
    }
    return properties;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
