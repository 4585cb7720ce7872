package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DealMessagesTest extends DealCase {
  @Test
  void shouldGrantOneClaim_whenTwoSendersMeet() throws Exception {
    draft();
    List<Object> results =
        together(
            () -> messages.claim(dealId, 1, MessageKind.OFFER),
            () -> messages.claim(dealId, 1, MessageKind.OFFER));

    assertThat(results).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Claim.Busy.class::isInstance).hasSize(1);
  }

  @Test
  void shouldGrantAgain_afterReleaseButNotAfterSending() {
    draft();
    Claim.Granted first = (Claim.Granted) messages.claim(dealId, 1, MessageKind.OFFER);
    assertThat(messages.claim(dealId, 1, MessageKind.OFFER)).isInstanceOf(Claim.Busy.class);
    messages.release(first.messageId());
    assertThat(messages.claim(dealId, 1, MessageKind.OFFER)).isEqualTo(first);
    messages.confirm(dealId, 1, MessageKind.OFFER, "smtp");
    assertThat(messages.claim(dealId, 1, MessageKind.OFFER))
        .isEqualTo(new Claim.AlreadySent("smtp"));
    assertThat(first.messageId()).isEqualTo("deal-" + dealId + "-1-offer");
  }

  @Test
  void shouldKeepTheAnswersState_whenThePartnerIsQuickerThanOurConfirmation() {
    draft();
    messages.claim(dealId, 1, MessageKind.OFFER);
    deals.reply(link(1), Reply.counter(0.4, null));
    messages.confirm(dealId, 1, MessageKind.OFFER, "smtp");

    assertThat(deals.require(dealId).state()).isEqualTo(DealState.COUNTERED);
  }

  @Test
  void shouldNotifyOnlyPartnersThatMayHaveAnOffer_whenWithdrawn() {
    draft();
    assertThat(deals.withdraw(campaign, dealId))
        .isEqualTo(new DealService.Withdrawal(1, List.of()));

    String offered = UUID.randomUUID().toString();
    deals.draft(campaign, 1, "forum", offered);
    messages.claim(offered, 1, MessageKind.OFFER);
    messages.confirm(offered, 1, MessageKind.OFFER, "outbox");
    DealService.Withdrawal all = deals.withdraw(campaign, null);
    assertThat(all.withdrawn()).isEqualTo(2);
    assertThat(all.toNotify()).extracting(Deal::id).containsExactly(offered);
    assertThat(deals.withdraw(campaign, null)).isEqualTo(all);
    assertThat(deals.withdraw(campaign, "never drafted").withdrawn()).isZero();
  }

  @Test
  void shouldLeaveLostDealsLost_andWithdrawSignedOnes() {
    draft();
    deals.sign(dealId, new Terms(0.2, 0));
    String lost = UUID.randomUUID().toString();
    deals.draft(campaign, 1, "forum", lost);
    deals.recordReply(lost, Reply.reject(), ReplySource.REST);

    assertThat(deals.withdraw(campaign, null).withdrawn()).isEqualTo(1);
    assertThat(deals.require(lost).state()).isEqualTo(DealState.LOST);
    assertThat(deals.signed(campaign, 1)).isEmpty();
    assertThatThrownBy(() -> messages.claim(dealId, 1, MessageKind.OFFER))
        .isInstanceOf(DealStateException.class);
    assertThat(messages.claim(dealId, 1, MessageKind.REMINDER)).isEqualTo(new Claim.NotNeeded());
  }
}
