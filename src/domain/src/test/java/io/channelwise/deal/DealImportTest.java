package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.SourceFile;
import io.channelwise.negotiation.NegotiationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tables of a negotiation may hold, and what becomes of the extremes that they may. */
class DealImportTest extends DealCase {
  @TempDir Path folder;

  private SourceFile file(String name, String text) throws IOException {
    return new SourceFile(name, Files.writeString(folder.resolve(name), text));
  }

  private static List<String> findings(String name, SourceFile... files) {
    return context.getBean(ImportService.class).check(List.of(files)).findings().stream()
        .filter(f -> f.file().equals(name))
        .map(f -> f.row() + " " + f.column() + " " + f.found())
        .toList();
  }

  @Test
  void shouldRefuseNegotiationsThatAreNoNumbersOrOutOfRange() throws IOException {
    assertThat(
            findings(
                "negotiations.csv",
                file("channels.csv", "channel,kind,reach\nshop,partner,10\n"),
                file(
                    "negotiations.csv",
                    """
                    渠道,轮次,分成,固定费用,期限,结果
                    shop,1,NaN,100,12,accept
                    shop,2,0.1,Infinity,12,accept
                    shop,3,-0.1,-1,0,accept
                    shop,0,1.1,1e12,601,perhaps
                    shop,4,101%,1e999,12,accept
                    radio,1,0.1,100,12,accept
                    """)))
        .containsExactlyInAnyOrder(
            "2 分成 NaN",
            "3 固定费用 Infinity",
            "4 分成 -0.1",
            "4 固定费用 -1",
            "4 期限 0",
            "5 轮次 0",
            "5 分成 1.1",
            "5 固定费用 1e12",
            "5 期限 601",
            "5 结果 perhaps",
            "6 分成 101%",
            "6 固定费用 1e999",
            "7 channel radio");
  }

  @Test
  void shouldRefuseChannelsThatAreNoNumbersOrOutOfRange() throws IOException {
    assertThat(
            findings(
                "channels.csv",
                file(
                    "channels.csv",
                    """
                    channel,kind,reach,fixed_cost,revenue_share,parent
                    a,partner,NaN,inf,Infinity,
                    b,partner,-1,-0.01,-1%,
                    c,partner,1e12,1e12,2,
                    """)))
        .containsExactlyInAnyOrder(
            "2 reach NaN",
            "2 fixed_cost inf",
            "2 revenue_share Infinity",
            "3 reach -1",
            "3 fixed_cost -0.01",
            "3 revenue_share -1%",
            "4 reach 1e12",
            "4 fixed_cost 1e12",
            "4 revenue_share 2");
  }

  @Test
  void shouldDraft_whenTheOnlyPastAgreementGaveEverythingAway() {
    load("channels", channel("shop", 1_100, 1e11, 1));
    load("negotiations", past("shop", 1, 1, "accept"));

    Deal deal = draft();

    assertThat(deal.limits()).as("no fee on top of everything").isEqualTo(new Terms(1, 0));
    assertThat(deal.limits().value(deal.expectedRevenue())).isZero();
    deals.counter(dealId, 1, new Terms(1, 1e11));
    assertThat(deals.require(dealId).offer().fixedFee()).isZero();
  }

  @Test
  void shouldDraft_whenEveryPastTalkFailed_orThereWasNone() {
    load("negotiations", past("shop", 1, 0.5, "reject"), past("shop", 2, 0.4, "counter"));
    Deal failed = draft();
    load("negotiations");

    Deal none = deals.draft(campaign, 1, "shop", dealId + "2");

    // The listed terms alone: 0.2 and 400.
    assertThat(failed.offer()).isEqualTo(new Terms(0.16, 320));
    assertThat(failed.limits()).isEqualTo(new Terms(0.25, 500));
    assertThat(none.offer()).isEqualTo(failed.offer());
    assertThat(none.limits()).isEqualTo(failed.limits());
  }

  @Test
  void shouldRefuseToDraft_whenTheRevenueIsBeyondAllMoney() {
    load("channels", channel("shop", 1e300, 0));

    assertThatThrownBy(this::draft)
        .isInstanceOf(NegotiationException.class)
        .hasMessageStartingWith("The expected revenue is 1.")
        .hasMessageContaining("a number from 0 to 1.0E15 is expected");
    assertThat(deals.find(dealId)).isEmpty();
  }
}
