package io.channelwise.worker.promotion;

import io.channelwise.worker.delivery.Delivery;
import io.channelwise.worker.delivery.DeliveryRejectedException;
import io.channelwise.worker.delivery.OutboundMessage;
import io.channelwise.worker.delivery.Receipt;
import io.channelwise.worker.runtime.TransientFailure;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was sent; channels can be made to refuse, and the network to fail. */
final class SwitchableDelivery implements Delivery {
  final List<OutboundMessage> sent = new CopyOnWriteArrayList<>();
  final Set<String> refusing = ConcurrentHashMap.newKeySet();
  final Set<String> down = ConcurrentHashMap.newKeySet();

  @Override
  public Receipt send(OutboundMessage message) {
    if (refusing.contains(message.channel())) {
      throw new DeliveryRejectedException(message.id(), "550 no such mailbox", null);
    }
    if (down.contains(message.channel())) {
      throw new TransientFailure("The mail server is not reachable.", null);
    }
    sent.add(message);
    return new Receipt(message.id(), "outbox", false, Instant.EPOCH);
  }

  List<OutboundMessage> of(String campaignKey, String kind) {
    return sent.stream()
        .filter(m -> m.campaignKey().equals(campaignKey) && m.kind().equals(kind))
        .toList();
  }
}
