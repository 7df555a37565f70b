package io.agents.registry.flags;

import io.agents.registry.api.RegistryException;
import io.agents.registry.flags.internal.Texts;
import java.util.Collection;
import java.util.List;

/** There is no definition of a flag with this name. */
public final class UnknownFlagException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final String flag;
  private final transient List<String> known;

  /**
   * Makes the exception.
   *
   * @param flag the name that was asked for
   * @param known the names of the flags that there are
   */
  public UnknownFlagException(String flag, Collection<String> known) {
    super(
        "there is no flag "
            + Texts.describe(flag)
            + "; the flags are "
            + String.join(", ", known.stream().sorted().toList()));
    this.flag = flag;
    this.known = known.stream().sorted().toList();
  }

  /**
   * What was asked for.
   *
   * @return the name
   */
  public String flag() {
    return flag;
  }

  /**
   * What there is.
   *
   * @return the names of the flags, sorted; can't be changed; empty in an exception that was
   *     serialised and read back
   */
  public List<String> known() {
    return known == null ? List.of() : known;
  }
}
