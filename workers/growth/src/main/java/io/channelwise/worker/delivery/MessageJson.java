package io.channelwise.worker.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.channelwise.domain.DomainConfiguration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message as JSON: the body of a webhook and the file of the outbox. Thread-safe. */
final class MessageJson {
  private static final ObjectMapper JSON =
      DomainConfiguration.json().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private MessageJson() {}

  /** The same message gives the same bytes. */
  static byte[] bytes(OutboundMessage message) {
    return write(message, fields(message));
  }

  /** With the time of sending, indented for people. */
  static byte[] bytes(OutboundMessage message, Instant sentAt) {
    Map<String, Object> fields = fields(message);
    fields.put("to", message.to());
    fields.put("sentAt", sentAt.toString());
    return write(message, fields);
  }

  private static Map<String, Object> fields(OutboundMessage message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", message.id());
    fields.put("campaignKey", message.campaignKey());
    fields.put("channel", message.channel());
    fields.put("kind", message.kind());
    fields.put("subject", message.subject());
    fields.put("body", message.body());
    fields.put("payload", message.payload());
    return fields;
  }

  private static byte[] write(OutboundMessage message, Map<String, Object> fields) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Message %s cannot be written as JSON.".formatted(message.id()), e);
    }
  }
}
