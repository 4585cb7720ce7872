package io.channelwise.worker.deal;

import io.channelwise.worker.delivery.Delivery;
import io.channelwise.worker.delivery.DeliveryRejectedException;
import io.channelwise.worker.delivery.OutboundMessage;
import io.channelwise.worker.delivery.Receipt;
import io.channelwise.worker.runtime.TransientFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes messages and can be told to fail. Thread-safe. */
final class FakeDelivery implements Delivery {
  private final List<OutboundMessage> taken = new ArrayList<>();
  private final Set<String> rejectedChannels = ConcurrentHashMap.newKeySet();
  private volatile Runnable beforeTaking = () -> {};
  private volatile boolean failAfterTaking;

  @Override
  public Receipt send(OutboundMessage message) {
    beforeTaking.run();
    if (rejectedChannels.contains(message.channel())) {
      throw new DeliveryRejectedException(message.id(), "refused for good", null);
    }
    synchronized (taken) {
      taken.add(message);
    }
    if (failAfterTaking) {
      throw new TransientFailure("the answer was lost", null);
    }
    return new Receipt(message.id(), "outbox", false, Instant.EPOCH);
  }

  List<OutboundMessage> taken() {
    synchronized (taken) {
      return List.copyOf(taken);
    }
  }

  void reset() {
    synchronized (taken) {
      taken.clear();
    }
    rejectedChannels.clear();
    beforeTaking = () -> {};
    failAfterTaking = false;
  }

  void reject(String channel) {
    rejectedChannels.add(channel);
  }

  void beforeTaking(Runnable action) {
    beforeTaking = action;
  }

  void failAfterTaking(boolean fail) {
    failAfterTaking = fail;
  }
}
