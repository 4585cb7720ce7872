package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DealReplyTest extends DealCase {
  @Test
  void shouldRefuseALinkUsedTwice_andKeepTheFirstAnswer() {
    draft();
    deals.reply(link(1), Reply.accept());

    LinkUsedException refused =
        catchThrowableOfType(
            LinkUsedException.class, () -> deals.reply(link(1), Reply.counter(0.9, 9.0)));

    assertThat(refused.text().zh()).isEqualTo("第 1 轮报价已有答复，以首次答复为准。");
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.AGREED);
    assertThatThrownBy(() -> deals.open(link(1))).isInstanceOf(LinkUsedException.class);
    assertThatThrownBy(() -> deals.recordReply(dealId, Reply.reject(), ReplySource.HAND))
        .isInstanceOf(LinkUsedException.class);
  }

  @Test
  void shouldRefuseForgedExpiredSupersededAndClosedLinks() {
    draft();
    assertThatThrownBy(() -> deals.reply(link(1) + "x", Reply.accept()))
        .isInstanceOf(LinkForgedException.class);
    String old = signer.sign(dealId, 1, Instant.now().minusSeconds(1));
    assertThatThrownBy(() -> deals.reply(old, Reply.accept()))
        .isInstanceOf(LinkExpiredException.class);
    String unknown = signer.sign("nobody", 1, Instant.now().plusSeconds(60));
    assertThatThrownBy(() -> deals.reply(unknown, Reply.accept()))
        .isInstanceOf(UnknownDealException.class);
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.DRAFTED);

    deals.counter(dealId, 1, new Terms(0.3, 0));
    assertThatThrownBy(() -> deals.reply(link(1), Reply.accept()))
        .isInstanceOf(OfferSupersededException.class);
    deals.withdraw(campaign, dealId);
    assertThatThrownBy(() -> deals.reply(link(2), Reply.accept()))
        .isInstanceOf(DealClosedException.class)
        .hasMessageContaining("the deal is withdrawn");
  }

  @Test
  void shouldRefuseAnswersThatMakeNoSense() {
    draft();
    for (Reply wrong :
        List.of(
            new Reply(null, null, null),
            Reply.counter(null, null),
            Reply.counter(1.01, 0.0),
            Reply.counter(-0.1, 0.0),
            Reply.counter(Double.NaN, 0.0),
            Reply.counter(0.1, -1.0),
            Reply.counter(0.1, Double.POSITIVE_INFINITY))) {
      assertThatThrownBy(() -> deals.reply(link(1), wrong))
          .isInstanceOf(InvalidReplyException.class);
    }
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.DRAFTED);
    assertThat(deals.reply(link(1), Reply.counter(0.0, 0.0)).terms()).isEqualTo(new Terms(0, 0));
  }

  @Test
  void shouldShowThePartnerTheOffer_withoutOurLimits() {
    Deal deal = draft();

    PartnerOffer offer = deals.open(link(1));

    assertThat(offer.terms()).isEqualTo(deal.offer());
    assertThat(offer.company()).isEqualTo("c");
    assertThat(PartnerOffer.class.getRecordComponents())
        .noneMatch(c -> c.getName().toLowerCase(Locale.ROOT).contains("limit"));
  }

  @Test
  void shouldListAnAnswerUntilItIsCorrelated() {
    draft();
    deals.recordReply(dealId, 1, Reply.counter(0.3, 10.0), ReplySource.REST);

    assertThat(mine(deals.pendingCorrelations())).hasSize(1);
    assertThat(deals.markCorrelated(dealId, 1)).isTrue();
    assertThat(deals.markCorrelated(dealId, 1)).isFalse();
    assertThat(mine(deals.pendingCorrelations())).isEmpty();
  }

  @Test
  void shouldNotListAnAnswer_whenRefusedOrTheDealWasWithdrawn() {
    draft();
    deals.recordReply(dealId, 1, Reply.accept(), ReplySource.REST);
    deals.markRefused(dealId, 1, "the negotiation ended");
    assertThat(mine(deals.pendingCorrelations())).isEmpty();

    String other = UUID.randomUUID().toString();
    deals.draft(campaign, 1, "forum", other);
    deals.recordReply(other, Reply.accept(), ReplySource.HAND);
    assertThat(mine(deals.pendingCorrelations())).hasSize(1);
    deals.withdraw(campaign, other);
    assertThat(mine(deals.pendingCorrelations())).isEmpty();
  }

  @Test
  void shouldRecordOneAnswer_whenTwoComeAtOnce() throws Exception {
    draft();
    String token = link(1);
    List<Object> results =
        together(
            () -> deals.reply(token, Reply.accept()), () -> deals.reply(token, Reply.reject()));

    assertThat(results).filteredOn(DealReply.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(LinkUsedException.class::isInstance).hasSize(1);
  }

  private List<DealReply> mine(List<DealReply> replies) {
    return replies.stream().filter(r -> r.campaignKey().equals(campaign)).toList();
  }
}
