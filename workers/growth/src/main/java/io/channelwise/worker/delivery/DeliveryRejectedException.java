package io.channelwise.worker.delivery;

/** The receiver refused a message for good; a person must change the message or the contact. */
public final class DeliveryRejectedException extends RuntimeException {
  private final String messageId;

  public DeliveryRejectedException(String messageId, String message, Throwable cause) {
    super(message, cause);
    this.messageId = messageId;
  }

  public String messageId() {
    return messageId;
  }
}
