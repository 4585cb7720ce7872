package io.channelwise.campaign;

/** Rows were asked for by a table, column, value or page that there cannot be. */
public final class InvalidRowQueryException extends RuntimeException {
  private final transient Text reason;
  private final boolean unknown;

  private InvalidRowQueryException(Text reason, boolean unknown) {
    super(reason.en());
    this.reason = reason;
    this.unknown = unknown;
  }

  static InvalidRowQueryException unknown(Text reason) {
    return new InvalidRowQueryException(reason, true);
  }

  static InvalidRowQueryException wrong(Text reason) {
    return new InvalidRowQueryException(reason, false);
  }

  public Text reason() {
    return reason;
  }

  /** Whether the table or the page does not exist; else a column or a value is wrong. */
  public boolean isUnknown() {
    return unknown;
  }
}
