package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class DealRoundsTest extends DealCase {
  @Test
  void shouldWalkThroughRounds_toASignedDeal() {
    draft();
    send(MessageKind.OFFER, 1);
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.OFFERED);

    DealReply reply = deals.reply(link(1), Reply.counter(0.30, null));
    assertThat(reply.terms().revenueShare()).isEqualTo(0.30);
    assertThat(reply.terms().fixedFee()).isEqualTo(80, within(1e-9));

    Deal second = deals.counter(dealId, 1, reply.terms());
    assertThat(second.round()).isEqualTo(2);
    // Ready for w + S L / (S + L) = 4,306 (w = 2,679 of the past, S = 13,441, L = 1,851); the share
    // alone is asked and ends at its limit.
    assertThat(second.offer().revenueShare()).isEqualTo(0.25, within(1e-12));
    assertThat(second.offer().fixedFee()).isEqualTo(80, within(1e-9));
    assertThat(deals.counter(dealId, 1, reply.terms())).isEqualTo(second);
    send(MessageKind.OFFER, 2);
    assertThat(deals.reply(link(2), Reply.accept()).terms()).isEqualTo(second.offer());
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.AGREED);

    Deal signed = deals.sign(dealId, second.offer());
    assertThat(signed.state()).isEqualTo(DealState.SIGNED);
    assertThat(deals.sign(dealId, second.offer())).isEqualTo(signed);
    assertThat(deals.signed(campaign, 1)).containsExactly(signed);
    assertThat(deals.signed(campaign, 2)).isEmpty();
    assertThat(deals.summarise(campaign, 1)).isEqualTo(1);
    assertThatThrownBy(() -> deals.sign(dealId, new Terms(0.5, 0)))
        .isInstanceOf(DealStateException.class);
    Briefing briefing = context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow();
    assertThat(briefing.tables().get(0).rows()).hasSize(2);
    assertThat(briefing.tables().get(0).rows().get(0).toString()).contains("counter", "还价");
    assertThat(briefing.tables().get(1).rows()).hasSize(2);
    assertThat(briefing.tables().get(1).rows().get(1).get(1).toString())
        .contains("In round 2 we are ready to spend 4,306");
    assertThat(briefing.tables().get(1).rows().get(0).get(2).toString())
        .contains("Countered: beyond our limits at a cost of 4,916.");
    assertThat(briefing.tables().get(1).rows().get(1).get(2)).as("no counter-offer").isNull();
    assertThat(briefing.figures())
        .anyMatch(
            f ->
                f.id().equals("partner-walk-away")
                    && Math.abs(((Number) f.value()).doubleValue() - 2_679.31) < 0.01);
    assertThat(
            context.getBean(DealReport.class).section(campaign, 1).orElseThrow().tables().stream()
                .flatMap(t -> t.rows().get(0).stream())
                .filter(Text.class::isInstance)
                .map(t -> ((Text) t).zh()))
        .anyMatch(t -> t.contains("第 2 轮我方愿付出"));
    assertThat(context.getBean(DealReport.class).section(campaign, 1).orElseThrow().figures())
        .anyMatch(f -> f.id().equals("signed") && f.value().equals(1));
    assertThat(context.getBean(DealReport.class).section(campaign, 2)).isEmpty();
  }

  /** At a listed share that leaves much to bargain over: far above what was agreed before. */
  private Deal dear() {
    load("channels", channel("shop", 1_100, 400.0, 0.6));
    return draft();
  }

  @Test
  void shouldCounterWhatIsWithinTheLimits_whenOurNextOfferCostsLess() {
    Deal deal = dear();
    double revenue = deal.expectedRevenue();
    // By hand: walk-away and opening of shop's past, limits of the listed terms.
    assertThat(deal.offer()).isEqualTo(new Terms(0.128, 80));
    assertThat(deal.limits()).isEqualTo(new Terms(0.75, 500));
    double w = 0.16 * revenue + 100;
    double surplus = revenue - w;
    double most = 0.75 * revenue + 500 - w;
    double fair = w + surplus * most / (surplus + most);
    // The next offer is the fair division; waiting for it is worth 98 % of what it leaves.
    double accept = fair + 0.02 * (revenue - fair);
    assertThat(deals.acceptCostMax(deal)).isEqualTo(accept, within(0.011));
    double share = (accept + 1 - 500) / revenue;

    DealReply reply = deals.reply(link(1), Reply.counter(share, 500.0));
    List<Briefing.Figure> figures = briefing().figures();
    Deal second = deals.counter(dealId, 1, reply.terms());

    assertThat(share).isLessThan(0.75);
    assertThat(second.offer().cost(revenue)).isEqualTo(fair, within(revenue * 1e-4));
    assertThat(number(figure(figures, "accept-cost-max"))).isEqualTo(accept, within(0.011));
    assertThat(number(figure(figures, "asked-cost"))).isEqualTo(accept + 1, within(1e-6));
    assertThat(number(figure(figures, "asked-value")))
        .isEqualTo(revenue - accept - 1, within(1e-6));
    assertThat(briefing().figures()).noneMatch(f -> f.id().startsWith("asked-"));
    String verdict = reasons(0, 2);
    assertThat(verdict).contains("Countered: it is within our limits but costs", "还价：虽在我方上限之内");
    assertThat(deals.movement(dealId, 2))
        .contains(new Movement(new Terms(0.128, 80), reply.terms()));
    assertThat(deals.movement(dealId, 1)).isEmpty();
    assertThat(deals.open(link(2)).movement().asked()).isEqualTo(reply.terms());
    assertThat(deals.open(link(2)).roundsMax()).isEqualTo(3);
  }

  @Test
  void shouldSayWhyItAccepts_andAcceptAllWithinTheLimitsInTheLastRound() {
    Deal deal = dear();
    deals.recordReply(dealId, Reply.counter(0.2, 100.0), ReplySource.REST);
    String cheap = reasons(0, 2);
    deals.counter(dealId, 1, new Terms(0.2, 100));
    deals.offer(dealId, 2, new Terms(0.3, 100));
    deals.recordReply(dealId, Reply.counter(0.75, 500.0), ReplySource.REST);
    String last = reasons(2, 2);

    assertThat(cheap).contains("Accepted: it costs", "no more than the", "接受：成本");
    assertThat(last).contains("within our limits, and the rounds are used up");
    assertThat(deals.acceptCostMax(deals.require(dealId)))
        .isGreaterThanOrEqualTo(deal.limits().cost(deal.expectedRevenue()));
  }

  @Test
  void shouldOfferWhatAPersonWants_cutToTheLimits() {
    dear();
    Deal second = deals.offer(dealId, 1, new Terms(0.7, 450));
    assertThat(second.offer()).isEqualTo(new Terms(0.7, 450));
    assertThat(deals.offer(dealId, 1, new Terms(0.1, 1))).as("once").isEqualTo(second);
    // Beyond the limits, back below what was offered before, and after the last round.
    assertThat(deals.offer(dealId, 2, new Terms(0.9, 50)).offer()).isEqualTo(new Terms(0.75, 50));
    assertThat(deals.offer(dealId, 3, new Terms(0.1, 9_000)).offer())
        .isEqualTo(new Terms(0.1, 500));
    assertThat(reasons(1, 1)).contains("A person set this offer; it costs");
    assertThat(reasons(2, 1)).contains("A person set this offer, cut to our limits", "降至我方上限");
    deals.withdraw(campaign, dealId);
    assertThatThrownBy(() -> deals.offer(dealId, 4, new Terms(0.1, 1)))
        .isInstanceOf(DealStateException.class);
  }

  private Briefing briefing() {
    return context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow();
  }

  /** As stored: in both languages. */
  private String reasons(int row, int column) {
    return briefing().tables().get(1).rows().get(row).get(column).toString();
  }

  private static Object figure(List<Briefing.Figure> figures, String id) {
    return figures.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow().value();
  }
}
