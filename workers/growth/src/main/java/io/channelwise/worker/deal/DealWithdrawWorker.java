package io.channelwise.worker.deal;

import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.MessageKind;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes back one deal, or every open or signed deal of the campaign, and tells each partner that
 * may have got an offer, once.
 */
@Component
public final class DealWithdrawWorker
    implements Worker<DealWithdrawWorker.Input, DealWithdrawWorker.Output> {

  private static final Logger LOG = LoggerFactory.getLogger(DealWithdrawWorker.class);

  /**
   * Variables read.
   *
   * @param dealId null for every deal of the campaign
   */
  public record Input(String campaignKey, @Nullable String dealId) {}

  /**
   * Variables written.
   *
   * @param withdrawn deals of the scope that now stand withdrawn
   */
  public record Output(Integer withdrawn) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.withdraw", Input.class, Output.class);

  private final DealService deals;
  private final PartnerMessenger messenger;

  DealWithdrawWorker(DealService deals, PartnerMessenger messenger) {
    this.deals = deals;
    this.messenger = messenger;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    DealService.Withdrawal withdrawal =
        Permanently.failing(() -> deals.withdraw(input.campaignKey(), input.dealId()));
    RuntimeException first = null;
    for (Deal deal : withdrawal.toNotify()) {
      try {
        messenger.send(deal.id(), deal.round(), MessageKind.WITHDRAWAL);
      } catch (RuntimeException e) {
        // One dead mailbox must not keep the others from hearing of it.
        LOG.warn("withdrawal not sent deal={} reason={}", deal.id(), e.getMessage());
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return new Output(withdrawal.withdrawn());
  }
}
