package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Row;
import io.channelwise.negotiation.NegotiationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DealDraftTest extends DealCase {
  @Test
  void shouldDraftOnce_fromHistoryAndEvents() {
    Deal deal = draft();

    // By hand: p = 0.2; conversion (1 + 50 × 0.2) / (8 + 50); A = 8.5 / 11; 100 a purchase.
    double revenue = 1_100 * (8.5 / 11) * (11.0 / 58) * 100;
    assertThat(deal.expectedRevenue()).isEqualTo(revenue, within(1e-6));
    assertThat(deal.offer().revenueShare()).isEqualTo(0.8 * 0.16, within(1e-12));
    assertThat(deal.offer().fixedFee()).isEqualTo(80, within(1e-9));
    assertThat(deal.limits().revenueShare()).isEqualTo(0.25, within(1e-12));
    assertThat(deal.limits().fixedFee()).isEqualTo(500, within(1e-9));
    assertThat(deal.termMonths()).isEqualTo(24);
    assertThat(deal.contractValue()).isEqualTo(0.128 * revenue + 80, within(1e-6));
    assertThat(deal.state()).isEqualTo(DealState.DRAFTED);
    assertThat(draft()).isEqualTo(deal);
    assertThat(deals.list(campaign, 1)).containsExactly(deal);
    // Forum brings 500 × 2.5 for shop's 1,100 × 8.5; half comes over, the 80 % left of it are lost.
    double rival = 500 * 2.5 / (1_100 * 8.5);
    assertThat(
            context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow().figures())
        .filteredOn(f -> f.id().equals("exclusive-share"))
        .extracting(f -> number(f.value()))
        .first(org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
        .isEqualTo(1 - (0.872 + 0.8 * rival) / (1 + rival / 2), within(1e-9));
  }

  @Test
  void shouldRefuseToDraft_forAnUnknownChannel() {
    assertThatThrownBy(() -> deals.draft(campaign, 1, "radio", dealId))
        .isInstanceOf(DealStateException.class)
        .hasMessageContaining("has no channel “radio”");
    assertThat(deals.find(dealId)).isEmpty();
  }

  @Test
  void shouldLeaveTheTiersAboveTheirMargin_whenAResellerIsDealtWith() {
    Row shop = channel("shop", 1_100, 400.0);
    Map<String, Object> forum = new HashMap<>();
    forum.put("channel", "forum");
    forum.put("kind", "partner");
    forum.put("reach", 500.0);
    forum.put("fixed_cost", 0.0);
    forum.put("revenue_share", 0.25);
    forum.put("parent", "shop");
    load("channels", shop, new Row(3, forum));

    Deal deal = deals.draft(campaign, 1, "forum", dealId);

    // By hand: A = 2.5 / 11, conversion (1 + 50 × 0.2) / (2 + 50); shop keeps 0.2 of the rest.
    double paid = 500 * (2.5 / 11) * (11.0 / 52) * 100;
    assertThat(deal.expectedRevenue()).isEqualTo(paid * 0.8, within(1e-6));
    assertThat(deal.grossRevenue()).isEqualTo(paid, within(1e-6));
    assertThat(deal.tiersAbove()).isEqualTo(0.2, within(1e-12));
    Briefing briefing = context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow();
    List<List<Object>> tiers = briefing.tables().get(2).rows();
    double share = deal.offer().revenueShare();
    assertThat(tiers).hasSize(3);
    assertThat(number(tiers.get(0).get(3))).isEqualTo(paid * share, within(1e-6));
    assertThat(number(tiers.get(1).get(3))).isEqualTo(paid * (1 - share) * 0.2, within(1e-6));
    assertThat(number(tiers.get(2).get(3))).isEqualTo(paid * (1 - share) * 0.8, within(1e-6));
    assertThat(number(tiers.get(2).get(3)))
        .isEqualTo(new Terms(share, 0).value(deal.expectedRevenue()), within(1e-6));
    // Eight quarters at 2.5 %: 1 + 1 / 1.025 + … = 7.3494; the forum has its share of what is paid.
    double annuity = (1 - Math.pow(1.025, -8)) / (1 - 1 / 1.025);
    assertThat(annuity).isEqualTo(7.3494, within(1e-4));
    assertThat(figure(briefing, "their-term-value"))
        .isEqualTo(annuity * paid * share + deal.offer().fixedFee(), within(1e-6));
    assertThat(figure(briefing, "our-term-value"))
        .isEqualTo(annuity * paid * 0.8 * (1 - share) - deal.offer().fixedFee(), within(1e-6));
  }

  private static double figure(Briefing briefing, String id) {
    return briefing.figures().stream()
        .filter(f -> f.id().equals(id))
        .mapToDouble(f -> number(f.value()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldBargainInAsManyRoundsAsAskedFor() {
    assertThat(draft().roundsMax()).isEqualTo(3);
    String longer = UUID.randomUUID().toString();
    assertThat(deals.draft(campaign, 1, "shop", longer, 5).roundsMax()).isEqualTo(5);

    Deal second = deals.counter(longer, 1, new Terms(0.9, 80));

    // A third of the time, squared, of the way from the opening to the fair division.
    double revenue = second.expectedRevenue();
    double w = 0.16 * revenue + 100;
    double limit = 0.25 * revenue + 500;
    double fair = w + (revenue - w) * (limit - w) / (revenue - w + limit - w);
    double opening = 0.128 * revenue + 80;
    double share = 0.128 + (fair - opening) / 9 / revenue;
    assertThat(second.offer().revenueShare()).isEqualTo(share, within(1e-4));
    assertThat(second.offer().fixedFee()).isEqualTo(80, within(1e-9));
  }

  @Test
  void shouldRefuseRoundsOutOfRange() {
    for (int wrong : new int[] {0, -1, 21}) {
      assertThatThrownBy(() -> deals.draft(campaign, 1, "shop", dealId, wrong))
          .isInstanceOf(NegotiationException.class)
          .hasMessage(
              "The number of rounds is %d.0; a number from 1 to 20 is expected. Correct it and try again."
                  .formatted(wrong));
    }
    assertThat(deals.find(dealId)).isEmpty();
  }

  @Test
  void shouldDraftWithOneChannelThatNobodyReached() {
    load("channels", channel("lonely", 0, 400.0));

    Deal deal = deals.draft(campaign, 1, "lonely", dealId);

    assertThat(deal.expectedRevenue()).isZero();
    assertThat(deal.limits().fixedFee()).as("nothing is paid for nothing").isZero();
    assertThat(deals.acceptCostMax(deal)).as("a started cent").isLessThanOrEqualTo(0.01);
    Deal second = deals.counter(dealId, 1, new Terms(1, 9_000));
    assertThat(second.offer().fixedFee()).isZero();
    assertThat(second.offer().revenueShare()).isLessThanOrEqualTo(deal.limits().revenueShare());
    assertThat(context.getBean(BriefingService.class).find("deal/" + dealId)).isPresent();
  }
}
