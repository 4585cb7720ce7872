package io.channelwise.worker.runtime;

import java.util.Map;
import java.util.Objects;

/** A business outcome that a person must decide on; reported as a BPMN error. */
public final class BusinessError extends RuntimeException {
  private final String code;
  private final transient Map<String, Object> variables;

  public BusinessError(String code, String message) {
    this(code, message, Map.of());
  }

  /**
   * @param variables set on the scope that catches the error
   */
  public BusinessError(String code, String message, Map<String, Object> variables) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
    this.variables = Map.copyOf(variables);
  }

  public String code() {
    return code;
  }

  public Map<String, Object> variables() {
    return variables;
  }
}
