package io.channelwise.worker.promotion;

import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.promotion.Allocated;
import io.channelwise.promotion.NoChannelLeftException;
import io.channelwise.promotion.PromotionException;
import io.channelwise.promotion.PromotionService;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code promotion.allocate}: shares the budget out over the channels. */
@Component
public class PromotionAllocateWorker
    implements Worker<PromotionAllocateWorker.Input, PromotionAllocateWorker.Output> {
  static final String NO_CHANNEL_LEFT = "NO_CHANNEL_LEFT";

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("promotion.allocate", Input.class, Output.class, NO_CHANNEL_LEFT);

  private final PromotionService promotions;

  PromotionAllocateWorker(PromotionService promotions) {
    this.promotions = promotions;
  }

  /**
   * @param promotionBudget in the campaign's currency
   * @param excludedChannels channels that get nothing
   */
  public record Input(
      String campaignKey,
      Integer cycle,
      Double promotionBudget,
      @Nullable List<String> excludedChannels) {}

  /**
   * @param allocatedBudget in the campaign's currency
   * @param largestShare of the budget that one channel gets, 0..1
   */
  public record Output(
      Double allocatedBudget, Double largestShare, Integer allocatedChannels, String briefingId) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      Allocated allocated =
          promotions.allocate(
              input.campaignKey(),
              input.cycle(),
              input.promotionBudget(),
              input.excludedChannels());
      return new Output(
          allocated.allocatedBudget(),
          allocated.largestShare(),
          allocated.allocatedChannels(),
          allocated.briefingId());
    } catch (NoChannelLeftException e) {
      throw new BusinessError(NO_CHANNEL_LEFT, e.getMessage());
    } catch (PromotionException | UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
