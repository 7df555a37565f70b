package io.agents.registry.api;

import org.jspecify.annotations.Nullable;

/** Metadata is null, of a wrong type, too deep or too large. Nothing was changed. */
public final class InvalidMetadataException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final String keyPath;
  private final transient @Nullable Object value;

  /**
   * Makes the exception.
   *
   * @param keyPath where in the metadata: keys joined by dots, elements by their index, such as
   *     {@code tags[3]}; empty for the metadata as a whole
   * @param value what stands there; may be null
   * @param message what is wrong and what is allowed
   */
  public InvalidMetadataException(String keyPath, @Nullable Object value, String message) {
    super(message);
    this.keyPath = keyPath;
    this.value = value;
  }

  /**
   * Where it is.
   *
   * @return the path of the key; empty for the metadata as a whole
   */
  public String keyPath() {
    return keyPath;
  }

  /**
   * What stands there.
   *
   * @return the value, or null where it is null, speaks of no single value, or was lost in
   *     serialisation
   */
  public @Nullable Object value() {
    return value;
  }
}
