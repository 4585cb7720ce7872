package io.channelwise.worker.deal;

import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.deal.DealStateException;
import io.channelwise.deal.UnknownDealException;
import io.channelwise.worker.runtime.PermanentFailure;
import java.util.function.Supplier;

/** Turns what trying again cannot heal into an incident. */
final class Permanently {
  private Permanently() {}

  static <T> T failing(Supplier<T> work) {
    try {
      return work.get();
    } catch (UnknownCampaignException
        | UnknownDealException
        | DealStateException
        | IllegalArgumentException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
