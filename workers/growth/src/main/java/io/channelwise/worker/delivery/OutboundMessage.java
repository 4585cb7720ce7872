package io.channelwise.worker.delivery;

import java.util.Map;
import java.util.Objects;

/**
 * A message to a channel, a partner or a customer.
 *
 * @param id deterministic and the same on every attempt, e.g. {@code deal-<dealId>-1-offer}: at
 *     most 200 letters, digits, {@code . _ -}
 * @param kind what it is, e.g. {@code offer}, {@code promotion}
 * @param to the channel's contact: {@code mailto:…}, {@code https://…}, or anything else, also null
 * @param subject one line, for people
 * @param body plain text, for people
 * @param payload the same for machines; written as JSON
 */
public record OutboundMessage(
    String id,
    String campaignKey,
    String channel,
    String kind,
    String to,
    String subject,
    String body,
    Map<String, Object> payload) {
  private static final String ID = "[A-Za-z0-9._-]{1,200}";

  public OutboundMessage {
    if (!Objects.requireNonNull(id, "id").matches(ID) || id.startsWith(".")) {
      throw new IllegalArgumentException(
          "Message id “%s” cannot be used; it must match %s and not start with a dot."
              .formatted(id, ID));
    }
    Objects.requireNonNull(campaignKey, "campaignKey");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(body, "body");
    payload = Map.copyOf(payload);
  }
}
