package io.channelwise.worker.delivery;

/**
 * Sends a message to the outside. Thread-safe.
 *
 * <p>Sending cannot share a transaction with our tables: a crash between the receiver's "accepted"
 * and our commit leads to a second {@link #send} of the same message. The message id closes that
 * window as far as each way allows: a webhook gets it as {@code Idempotency-Key} (409 means "had it
 * already" and is a success), the outbox folder as the file name (written once), mail as {@code
 * Message-ID} (mail systems and readers drop the duplicate; this one window is theirs to close).
 * Callers keep their own "sent" state and use one id per message for ever.
 */
public interface Delivery {

  /**
   * @throws DeliveryRejectedException the receiver refused this message; trying again is no use
   * @throws io.channelwise.worker.runtime.TransientFailure the receiver or the network was not
   *     ready
   */
  Receipt send(OutboundMessage message);
}
