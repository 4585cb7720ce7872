package io.channelwise.promotion;

import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.channel.EventService;
import io.channelwise.steering.MaterialRanking;
import io.channelwise.steering.MaterialRanking.Ranked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which material suits which segment, from what was sent so far. Thread-safe. */
@Component
class MaterialFit {
  private final SpendRepository spends;
  private final EventService events;

  MaterialFit(SpendRepository spends, EventService events) {
    this.spends = spends;
    this.events = events;
  }

  /**
   * The ranking of what was sent up to a cycle, from the first time it went to a channel; empty
   * without any view.
   *
   * @param until exclusive
   */
  Optional<Table> table(String campaignKey, int cycle, Instant until) {
    List<MaterialRanking.Seen> seen = new ArrayList<>();
    for (SpendRepository.FirstSent sent : spends.firstSent(campaignKey, cycle)) {
      events
          .reactions(campaignKey, sent.channel(), sent.sentAt(), until)
          .forEach(
              r ->
                  seen.add(
                      new MaterialRanking.Seen(
                          sent.material(), r.segment(), r.views(), r.clicks())));
    }
    List<Ranked> ranking = MaterialRanking.rank(seen);
    return ranking.isEmpty() ? Optional.empty() : Optional.of(table(ranking));
  }

  private static Table table(List<Ranked> ranking) {
    return new Table(
        new Text(
            "Which material suits which segment, by clicks on the channels it went to",
            "各用户群适合的材料（按投放渠道的点击率）"),
        List.of(
            new Text("Segment", "用户群"),
            new Text("Rank", "名次"),
            new Text("Material", "宣传材料"),
            new Text("Views", "浏览"),
            new Text("Clicks", "点击"),
            new Text("Click rate (0–1)", "点击率（0–1）"),
            new Text("95 % from", "95 % 下界"),
            new Text("to", "上界")),
        ranking.stream()
            .map(
                r ->
                    List.<Object>of(
                        r.segment(),
                        r.rank(),
                        r.material(),
                        r.views(),
                        r.clicks(),
                        r.rate(),
                        r.low(),
                        r.high()))
            .toList());
  }
}
