package io.agents.architecture;

import com.google.gson.Gson;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/** Tells whether what a constant holds can be changed, by looking at the very value. */
final class ImmutableValues {

  private static final List<Class<?>> KNOWN =
      List.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Class.class,
          Enum.class,
          Pattern.class,
          Duration.class,
          Instant.class,
          Path.class,
          Comparator.class,
          VarHandle.class,
          Logger.class,
          Gson.class);

  /** What has been looked at: values may refer to each other in a circle. */
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private ImmutableValues() {}

  /** What of a static field can be changed; empty if nothing can. */
  static Optional<String> whyNot(Field constant) {
    return new ImmutableValues().whyNot(read(constant, null));
  }

  private Optional<String> whyNot(Object value) {
    if (value == null
        || !seen.add(value)
        || KNOWN.stream().anyMatch(known -> known.isInstance(value))) {
      return Optional.empty();
    }
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(this::whyNot);
    }
    Class<?> type = value.getClass();
    if (type.getName().startsWith("java.util.ImmutableCollections$")
        || type.getName().startsWith("java.util.Collections$Empty")) {
      Collection<?> elements =
          value instanceof Map<?, ?> map ? map.values() : (Collection<?>) value;
      return elements.stream().flatMap(element -> whyNot(element).stream()).findFirst();
    }
    if (type.getName().startsWith("io.agents.")) {
      return whyNotOfOurs(value, type);
    }
    return Optional.of("a " + type.getName());
  }

  /** All fields are final, and what they hold can't be changed; private arrays are trusted. */
  private Optional<String> whyNotOfOurs(Object value, Class<?> type) {
    for (Class<?> part = type; part != Object.class; part = part.getSuperclass()) {
      if (!part.getName().startsWith("io.agents.")) {
        continue;
      }
      for (Field field : part.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        if (!Modifier.isFinal(field.getModifiers())) {
          return Optional.of(
              "a " + type.getName() + ", whose field " + field.getName() + " is not final");
        }
        if (!(field.getType().isArray() && Modifier.isPrivate(field.getModifiers()))) {
          Optional<String> why = whyNot(read(field, value));
          if (why.isPresent()) {
            return why;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Object read(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError("can't read " + field, e);
    }
  }
}
