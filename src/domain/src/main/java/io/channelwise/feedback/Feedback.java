package io.channelwise.feedback;

import java.time.Instant;

/**
 * Something a customer said.
 *
 * @param source {@code import} or {@code ticket}
 * @param sourceRef line of the file, or id of the ticket
 * @param label what the customer wants, in lower case; null when nobody said
 * @param sentiment a person's label; null when nobody said
 * @param rating 1 (worst) to 5; null when not given
 */
record Feedback(
    String source,
    String sourceRef,
    String kind,
    String text,
    String label,
    String sentiment,
    Double rating,
    Instant createdAt) {}
