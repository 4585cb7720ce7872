package io.channelwise.worker.promotion;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.promotion.CollectionService;
import io.channelwise.promotion.PromotionException;
import io.channelwise.promotion.Release;
import io.channelwise.promotion.Results;
import io.channelwise.worker.delivery.Delivery;
import io.channelwise.worker.delivery.DeliveryRejectedException;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * {@code promotion.collect}: sums up the results since the dispatch, releases the money due, and
 * tells the channels that got some. The external task's id names the collection, so that a task
 * delivered twice collects once.
 */
@Component
public class PromotionCollectWorker
    implements Worker<PromotionCollectWorker.Input, PromotionCollectWorker.Output> {
  private static final Logger LOG = LoggerFactory.getLogger(PromotionCollectWorker.class);

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("promotion.collect", Input.class, Output.class).withLock(Duration.ofMinutes(3));

  private final CollectionService collections;
  private final CampaignService campaigns;
  private final Delivery delivery;

  PromotionCollectWorker(
      CollectionService collections, CampaignService campaigns, Delivery delivery) {
    this.collections = collections;
    this.campaigns = campaigns;
    this.delivery = delivery;
  }

  public record Input(String campaignKey, Integer cycle) {}

  /**
   * @param conversions purchases
   * @param spent money released in the cycle, in the campaign's currency
   */
  public record Output(Integer clicks, Integer conversions, Double spent) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      Campaign campaign = campaigns.require(input.campaignKey());
      Results results = collections.collect(input.campaignKey(), input.cycle(), context.taskId());
      Optional<Release> untold = collections.claimUntold(campaign.key(), input.cycle());
      while (untold.isPresent()) {
        tell(campaign, input.cycle(), untold.get());
        untold = collections.claimUntold(campaign.key(), input.cycle());
      }
      return new Output(
          Math.toIntExact(results.clicks()),
          Math.toIntExact(results.conversions()),
          results.spent().doubleValue());
    } catch (PromotionException | UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }

  private void tell(Campaign campaign, int cycle, Release release) {
    String id = collections.messageId(campaign.key(), cycle, release);
    String contact = collections.contact(campaign.key(), release.channel());
    try {
      delivery.send(PromotionTexts.release(campaign, cycle, id, contact, release));
    } catch (DeliveryRejectedException e) {
      // The money stays released: the channel has its promotion, and the report shows the sum.
      LOG.warn(
          "event=budget-notice-refused campaign={} cycle={} message={}", campaign.key(), cycle, id);
    } catch (RuntimeException e) {
      collections.giveBack(campaign.key(), cycle, release);
      throw e;
    }
    collections.told(campaign.key(), cycle, release);
  }
}
