package io.channelwise.worker.delivery;

import io.channelwise.worker.delivery.DeliverySettings.Webhook;
import io.channelwise.worker.runtime.TransientFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a message as JSON. Thread-safe.
 *
 * <p>Headers: {@code Idempotency-Key} (the message id), {@code Channelwise-Timestamp} (epoch
 * seconds) and {@code Channelwise-Signature: v1=<hex HMAC-SHA256 of timestamp + "." + body>}. The
 * receiver checks the signature with the shared secret, refuses old timestamps, and drops a key it
 * has seen (200 or 409). Answers: 2xx and 409 are success; 408, 425, 429 and 5xx are tried again,
 * after {@code Retry-After} when given; anything else is a refusal. Redirects are not followed: the
 * signed body must not wander off to another host.
 */
final class WebhookDelivery implements Delivery {
  private static final String VIA = "webhook";
  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

  private final SecretKeySpec key;
  private final Duration timeout;
  private final HttpClient http;
  private final Clock clock;

  WebhookDelivery(Webhook settings, Clock clock) {
    this.key = new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.timeout = settings.timeout();
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Receipt send(OutboundMessage message) {
    HttpRequest request = request(message);
    HttpResponse<Void> response;
    try {
      response = http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      throw new TransientFailure(
          "Message %s could not be posted to %s: %s. It is tried again."
              .formatted(message.id(), request.uri().getHost(), e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(
          "Message %s was not posted: the worker is stopping.".formatted(message.id()), e);
    }
    return receipt(message, request.uri(), response);
  }

  private HttpRequest request(OutboundMessage message) {
    byte[] body = MessageJson.bytes(message);
    long timestamp = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(address(message))
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .header("User-Agent", "channelwise")
        .header("Idempotency-Key", message.id())
        .header("Channelwise-Timestamp", Long.toString(timestamp))
        .header("Channelwise-Signature", "v1=" + signature(timestamp, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static URI address(OutboundMessage message) {
    try {
      URI uri = URI.create(message.to().strip());
      if (uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Refused below: the contact is what a person must correct.
    }
    throw new DeliveryRejectedException(
        message.id(),
        "Message %s has no usable address: the contact of channel “%s” is “%s”, expected one like https://partner.example/hook."
            .formatted(message.id(), message.channel(), message.to()),
        null);
  }

  private String signature(long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + ALGORITHM + ".", e);
    }
  }

  private Receipt receipt(OutboundMessage message, URI uri, HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status / 100 == 2 || status == 409) {
      return new Receipt(message.id(), VIA, status == 409, clock.instant());
    }
    String what =
        "Message %s was answered with HTTP %d by %s".formatted(message.id(), status, uri.getHost());
    if (status == 408 || status == 425 || status == 429 || status / 100 == 5) {
      String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
      throw new TransientFailure(what + ". It is tried again.", null, retryAfter(retryAfter));
    }
    throw new DeliveryRejectedException(
        message.id(), what + "; expected 2xx. Check the channel's contact with the partner.", null);
  }

  /** Seconds or an HTTP date (RFC 9110, 10.2.3); null when absent, unreadable or past. */
  private Duration retryAfter(String value) {
    if (value == null) {
      return null;
    }
    Duration wait;
    try {
      wait =
          value.strip().matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value.strip()))
              : Duration.between(clock.instant(), httpDate(value.strip()));
    } catch (DateTimeException e) {
      return null;
    }
    if (wait.isNegative()) {
      return null;
    }
    return wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait;
  }

  private static Instant httpDate(String value) {
    return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
