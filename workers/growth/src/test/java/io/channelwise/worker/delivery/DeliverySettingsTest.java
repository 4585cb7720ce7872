package io.channelwise.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliverySettingsTest {
  private static final URI BASE = URI.create("https://gtm.example.com");
  @TempDir Path folder;

  @Test
  void shouldTakeMinimalAndFullSettings() {
    assertThat(DeliverySettings.outboxOnly(folder, BASE).linkValidity())
        .isEqualTo(Duration.ofDays(30));
    DeliverySettings full =
        new DeliverySettings(
            folder,
            new DeliverySettings.Smtp("mail", 587, true, "u", "secret-word", "a@b", null),
            new DeliverySettings.Webhook("0123456789abcdef", Duration.ofSeconds(3)),
            BASE,
            Duration.ofDays(7));
    assertThat(full.toString()).contains("mail").doesNotContain("secret-word", "0123456789");
  }

  @Test
  void shouldNameKeyValueAndRange_whenWrong() {
    assertThatThrownBy(() -> DeliverySettings.outboxOnly(folder, URI.create("nowhere")))
        .hasMessage(
            "channelwise.base-url is nowhere; expected an address like https://gtm.example.com.");
    assertThatThrownBy(() -> new DeliverySettings.Webhook("short", null))
        .hasMessage("channelwise.delivery.webhook.secret has 5 bytes; expected at least 16.");
    assertThatThrownBy(
            () -> new DeliverySettings.Webhook("0123456789abcdef", Duration.ofMinutes(2)))
        .hasMessage("channelwise.delivery.webhook.timeout is PT2M; expected at most PT20S.");
    assertThatThrownBy(() -> new DeliverySettings.Smtp("h", 0, true, null, null, "a@b", null))
        .hasMessage("channelwise.delivery.smtp.port is 0; expected 1 to 65535.");
    assertThatThrownBy(() -> new DeliverySettings.Smtp("h", 25, true, "u", null, "a@b", null))
        .hasMessageContaining("must be set together");
  }

  @Test
  void shouldFallBackToTheOutbox_whenAWayIsNotConfigured() {
    RoutingDelivery routing =
        new RoutingDelivery(DeliverySettings.outboxOnly(folder, BASE), Clock.systemUTC());
    int number = 0;
    for (String to :
        new String[] {"mailto:a@b.example", "https://b.example/hook", "call us", null}) {
      String id = "m" + number++;
      Receipt receipt =
          routing.send(new OutboundMessage(id, "acme", "shop", "offer", to, "s", "b", Map.of()));
      assertThat(receipt.via()).isEqualTo("outbox");
      assertThat(Files.exists(folder.resolve(id + ".json"))).isTrue();
    }
  }
}
