package io.channelwise.worker.promotion;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.promotion.DispatchService;
import io.channelwise.promotion.DispatchService.Planned;
import io.channelwise.promotion.PromotionException;
import io.channelwise.promotion.PromotionMessage;
import io.channelwise.worker.delivery.Delivery;
import io.channelwise.worker.delivery.DeliveryRejectedException;
import io.channelwise.worker.delivery.Receipt;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.TransientFailure;
import io.channelwise.worker.runtime.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * {@code promotion.dispatch}: sends every material of every channel with money, each once, and
 * spends the first half of the channel's amount with its first message.
 *
 * <p>A message is claimed, sent outside any transaction, and recorded; see {@link Delivery} for the
 * window between the last two.
 */
@Component
public class PromotionDispatchWorker
    implements Worker<PromotionDispatchWorker.Input, PromotionDispatchWorker.Output> {
  static final String REJECTED = "DISPATCH_REJECTED";

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("promotion.dispatch", Input.class, Output.class, REJECTED)
          .withLock(Duration.ofMinutes(3));

  /** A dead sender's claim has ended by then; looking sooner would use the retries up. */
  private static final Duration BUSY_RETRY = DispatchService.CLAIM_DURATION;

  private final DispatchService dispatches;
  private final CampaignService campaigns;
  private final Delivery delivery;

  PromotionDispatchWorker(
      DispatchService dispatches, CampaignService campaigns, Delivery delivery) {
    this.dispatches = dispatches;
    this.campaigns = campaigns;
    this.delivery = delivery;
  }

  public record Input(String campaignKey, Integer cycle) {}

  /**
   * @param dispatched messages sent in the cycle
   * @param spent money released in the cycle, in the campaign's currency
   */
  public record Output(Integer dispatched, Double spent) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      Campaign campaign = campaigns.require(input.campaignKey());
      for (Planned planned : dispatches.plan(input.campaignKey(), input.cycle())) {
        context.throwIfCancelled();
        switch (planned.state()) {
          case SENT -> {}
          case REJECTED -> throw rejected(planned.message(), planned.reason());
          case PENDING, SENDING -> send(campaign, input.cycle(), planned.message());
        }
      }
    } catch (PromotionException | UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
    DispatchService.Totals totals = dispatches.totals(input.campaignKey(), input.cycle());
    return new Output(totals.dispatched(), totals.spent().doubleValue());
  }

  private void send(Campaign campaign, int cycle, PromotionMessage message) {
    Optional<UUID> claim = dispatches.claim(message.id());
    if (claim.isEmpty()) {
      if (dispatches.state(message.id()) != DispatchService.State.SENT) {
        throw new TransientFailure(
            "Message %s to channel %s is being sent by another worker; it will be looked at again."
                .formatted(message.id(), message.channel()),
            null,
            BUSY_RETRY);
      }
      return;
    }
    try {
      Receipt receipt = delivery.send(PromotionTexts.promotion(campaign, cycle, message));
      dispatches.sent(campaign.key(), cycle, message, claim.get(), receipt.via());
    } catch (DeliveryRejectedException e) {
      dispatches.rejected(message.id(), claim.get(), e.getMessage());
      throw rejected(message, e.getMessage());
    } catch (RuntimeException e) {
      dispatches.release(message.id(), claim.get());
      throw e;
    }
  }

  private static BusinessError rejected(PromotionMessage message, String reason) {
    return new BusinessError(
        REJECTED,
        "Channel %s refused material %s: %s"
            .formatted(message.channel(), message.material(), reason),
        Map.of("rejectedChannel", message.channel()));
  }
}
