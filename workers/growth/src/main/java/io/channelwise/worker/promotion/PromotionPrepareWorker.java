package io.channelwise.worker.promotion;

import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.promotion.Prepared;
import io.channelwise.promotion.PromotionService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code promotion.prepare}: chooses the materials of every channel with a signed deal. */
@Component
public class PromotionPrepareWorker
    implements Worker<PromotionPrepareWorker.Input, PromotionPrepareWorker.Output> {
  private static final Contract<Input, Output> CONTRACT =
      Contract.of("promotion.prepare", Input.class, Output.class);

  private final PromotionService promotions;

  PromotionPrepareWorker(PromotionService promotions) {
    this.promotions = promotions;
  }

  /**
   * @param rejectedMaterials names of materials not to use
   */
  public record Input(
      String campaignKey, Integer cycle, @Nullable List<String> rejectedMaterials) {}

  public record Output(Integer materials, String briefingId) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      Prepared prepared =
          promotions.prepare(input.campaignKey(), input.cycle(), input.rejectedMaterials());
      return new Output(prepared.materials(), prepared.briefingId());
    } catch (UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
