package io.channelwise.worker.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * {@code channelwise.delivery}: how messages leave. Wrong values stop the start.
 *
 * @param outbox folder for messages that no configured adapter takes; created when missing
 * @param smtp null when no mail server is configured: {@code mailto:} goes to the outbox
 * @param webhook null when no webhook secret is configured: {@code https:} goes to the outbox
 * @param baseUrl where partners reach the server, e.g. {@code https://gtm.example.com}
 * @param linkValidity how long a partner's answer link works
 */
public record DeliverySettings(
    Path outbox, Smtp smtp, Webhook webhook, URI baseUrl, Duration linkValidity) {

  public static final Duration LINK_VALIDITY_DEFAULT = Duration.ofDays(30);
  static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);
  static final Duration TIMEOUT_MAX = Duration.ofSeconds(20);
  private static final int SECRET_BYTES_MIN = 16;

  public DeliverySettings {
    Objects.requireNonNull(outbox, "channelwise.delivery.outbox is missing; expected a folder.");
    if (baseUrl == null || !baseUrl.isAbsolute() || baseUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "channelwise.base-url is %s; expected an address like https://gtm.example.com."
              .formatted(baseUrl));
    }
    linkValidity = linkValidity == null ? LINK_VALIDITY_DEFAULT : linkValidity;
    atLeast("link-validity", linkValidity, Duration.ofMinutes(1));
  }

  /** Everything into a folder: for a trial and for tests. */
  public static DeliverySettings outboxOnly(Path outbox, URI baseUrl) {
    return new DeliverySettings(outbox, null, null, baseUrl, null);
  }

  /**
   * A mail server.
   *
   * @param startTls whether the connection must be upgraded to TLS before anything is sent
   * @param username null when the server asks for none
   * @param from address of the sender, e.g. {@code gtm@example.com}
   */
  public record Smtp(
      String host,
      int port,
      boolean startTls,
      String username,
      String password,
      String from,
      Duration timeout) {

    public Smtp {
      if (host == null || host.isBlank()) {
        throw new IllegalArgumentException(
            "channelwise.delivery.smtp.host is empty; expected a host name.");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "channelwise.delivery.smtp.port is %d; expected 1 to 65535.".formatted(port));
      }
      if (from == null || !from.contains("@")) {
        throw new IllegalArgumentException(
            "channelwise.delivery.smtp.from is %s; expected a mail address.".formatted(from));
      }
      if ((username == null) != (password == null)) {
        throw new IllegalArgumentException(
            "channelwise.delivery.smtp.username and password must be set together.");
      }
      timeout = timeout == null ? TIMEOUT_DEFAULT : timeout;
      between("smtp.timeout", timeout);
    }

    @Override
    public String toString() {
      return "Smtp[host=%s, port=%d, startTls=%s, username=%s, password=***, from=%s, timeout=%s]"
          .formatted(host, port, startTls, username, from, timeout);
    }
  }

  /**
   * Signed webhooks.
   *
   * @param secret key of the signature, at least 16 bytes
   */
  public record Webhook(String secret, Duration timeout) {

    public Webhook {
      int bytes = secret == null ? 0 : secret.getBytes(StandardCharsets.UTF_8).length;
      if (bytes < SECRET_BYTES_MIN) {
        throw new IllegalArgumentException(
            "channelwise.delivery.webhook.secret has %d bytes; expected at least %d."
                .formatted(bytes, SECRET_BYTES_MIN));
      }
      timeout = timeout == null ? TIMEOUT_DEFAULT : timeout;
      between("webhook.timeout", timeout);
    }

    @Override
    public String toString() {
      return "Webhook[secret=***, timeout=%s]".formatted(timeout);
    }
  }

  private static void atLeast(String name, Duration value, Duration smallest) {
    if (value.compareTo(smallest) < 0) {
      throw new IllegalArgumentException(
          "channelwise.delivery.%s is %s; expected at least %s.".formatted(name, value, smallest));
    }
  }

  private static void between(String name, Duration value) {
    // A send should not outlast the minute for which a second worker is kept from sending.
    atLeast(name, value, Duration.ofMillis(100));
    if (value.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          "channelwise.delivery.%s is %s; expected at most %s."
              .formatted(name, value, TIMEOUT_MAX));
    }
  }
}
