package io.channelwise.worker.delivery;

import java.time.Instant;

/**
 * Proof that a message went out.
 *
 * @param via {@code smtp}, {@code webhook} or {@code outbox}
 * @param duplicate whether the receiver had it already
 */
public record Receipt(String messageId, String via, boolean duplicate, Instant sentAt) {}
