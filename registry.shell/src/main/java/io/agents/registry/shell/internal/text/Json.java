package io.agents.registry.shell.internal.text;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, text, numbers and booleans as JSON (RFC 8259), on one line. */
public final class Json {

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private Json() {}

  /**
   * Writes a value.
   *
   * @param value a map, collection, optional, text, number, boolean, character or null, nested at
   *     will; what is none of these is written as its text, and so are NaN and infinite numbers,
   *     which JSON has no numbers for
   * @return one line of JSON; the keys of maps in their order, the elements of sets sorted
   */
  public static String of(Object value) {
    return GSON.toJson(element(value));
  }

  private static JsonElement element(@Nullable Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof Optional<?> optional) {
      return element(optional.orElse(null));
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, inside) -> object.add(key.toString(), element(inside)));
      return object;
    }
    if (value instanceof Collection<?> collection) {
      return array(collection);
    }
    if (value instanceof Boolean bool) {
      return new JsonPrimitive(bool);
    }
    return isNumber(value)
        ? new JsonPrimitive((Number) value)
        : new JsonPrimitive(value.toString());
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number
        && !(value instanceof Double d && !Double.isFinite(d))
        && !(value instanceof Float f && !Float.isFinite(f));
  }

  private static JsonArray array(Collection<?> collection) {
    Stream<JsonElement> elements = collection.stream().map(Json::element);
    JsonArray array = new JsonArray();
    (collection instanceof Set
            ? elements.sorted(Comparator.comparing(JsonElement::toString))
            : elements)
        .forEach(array::add);
    return array;
  }
}
