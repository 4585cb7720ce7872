package io.channelwise.worker.delivery;

import java.time.Clock;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Chooses the way by the message's contact and what is configured. Thread-safe. */
@Component
final class RoutingDelivery implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(RoutingDelivery.class);

  private final Delivery smtp;
  private final Delivery webhook;
  private final Delivery outbox;

  RoutingDelivery(DeliverySettings settings, Clock clock) {
    this.outbox = new OutboxDelivery(settings.outbox(), clock);
    this.smtp = settings.smtp() == null ? outbox : new SmtpDelivery(settings.smtp(), clock);
    this.webhook =
        settings.webhook() == null ? outbox : new WebhookDelivery(settings.webhook(), clock);
  }

  @Override
  public Receipt send(OutboundMessage message) {
    Receipt receipt = way(message.to()).send(message);
    LOG.info(
        "message sent id={} campaign={} channel={} kind={} via={} duplicate={}",
        message.id(),
        message.campaignKey(),
        message.channel(),
        message.kind(),
        receipt.via(),
        receipt.duplicate());
    return receipt;
  }

  private Delivery way(String to) {
    String contact = to == null ? "" : to.strip().toLowerCase(Locale.ROOT);
    if (contact.startsWith("mailto:")) {
      return smtp;
    }
    if (contact.startsWith("https://") || contact.startsWith("http://")) {
      return webhook;
    }
    return outbox;
  }
}
