package io.channelwise.replay;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Text;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanInputs;
import io.channelwise.plan.PlanService;
import io.channelwise.promotion.PromotionTrace;
import io.channelwise.promotion.Sharing;
import io.channelwise.promotion.SharingService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Runs a past cycle again on what it recorded. Without a change it gives the recorded figures
 * exactly. Stores nothing. Thread-safe.
 */
@Service
public class ReplayService {
  private final CampaignService campaigns;
  private final PlanService plans;
  private final SharingService sharings;

  ReplayService(CampaignService campaigns, PlanService plans, SharingService sharings) {
    this.campaigns = campaigns;
    this.plans = plans;
    this.sharings = sharings;
  }

  /**
   * Replays the cycle's plan, the chosen one or else the recommended, and the newest sharing of its
   * promotion budget.
   *
   * @throws io.channelwise.campaign.UnknownCampaignException when there is no such campaign
   * @throws NothingToReplayException when the cycle has neither plan nor sharing
   * @throws InvalidReplayException when the change names an unknown channel, or something that the
   *     cycle did not decide
   * @throws io.channelwise.promotion.SharingRefusedException when the budget cannot be shared out
   */
  public Replay replay(String campaignKey, int cycle, Change change) {
    Campaign campaign = campaigns.require(campaignKey);
    Optional<PlanReplay> plan =
        recordedPlan(campaignKey, cycle)
            .map(p -> new PlanReplay(plans.inputs(campaignKey, cycle), p, campaign.currency()));
    Optional<Sharing> sharing = sharings.recorded(campaignKey, cycle);
    if (plan.isEmpty() && sharing.isEmpty()) {
      throw new NothingToReplayException(campaignKey, cycle);
    }
    check(campaignKey, cycle, change, plan, sharing);
    Answer answer = new Answer();
    plan.ifPresent(p -> answer.plan(p.with(change)));
    sharing.ifPresent(s -> budget(campaign, cycle, change, s, answer));
    if (sharing.isEmpty()) {
      answer.sentences.add(
          new Text(
              "No sharing of the promotion budget was recorded with its inputs in this cycle; only the plan was replayed.",
              "本轮没有带输入数据的预算分配记录；仅重放了方案。"));
    }
    return new Replay(
        campaignKey,
        cycle,
        campaign.currency(),
        change,
        plan.map(p -> p.recorded().id()).orElse(null),
        sharing.map(Sharing::version).orElse(null),
        answer.plan,
        answer.budget,
        answer.channels,
        answer.heldFixed,
        answer.sentences(),
        Stream.concat(
                plan.stream().map(p -> PlanService.source(campaignKey, cycle)),
                sharing.stream()
                    .map(s -> PromotionTrace.allocationSource(campaignKey, cycle, s.version())))
            .toList());
  }

  private Optional<Plan> recordedPlan(String campaignKey, int cycle) {
    return plans
        .published(campaignKey, cycle)
        .or(() -> plans.plans(campaignKey, cycle).stream().filter(Plan::recommended).findFirst());
  }

  private void budget(
      Campaign campaign, int cycle, Change change, Sharing recorded, Answer answer) {
    List<String> known = recorded.shares().stream().map(Sharing.Share::channel).toList();
    List<String> wanted = change.channels();
    if (wanted != null && wanted.stream().noneMatch(known::contains)) {
      answer.sentences.add(
          new Text(
              "None of the channels took part in the sharing of the budget (%s did); only the plan was replayed."
                  .formatted(String.join(", ", known)),
              "所选渠道均未参与预算分配（参与的有：%s）；仅重放了方案。".formatted(String.join("、", known))));
      return;
    }
    if (wanted != null && !known.containsAll(wanted)) {
      String missing = String.join(", ", wanted.stream().filter(c -> !known.contains(c)).toList());
      answer.sentences.add(
          new Text(
              "Not given money here because the recorded sharing left it out: %s."
                  .formatted(missing),
              "记录的预算分配未包含以下渠道，因此此处不分配：%s。".formatted(missing)));
    }
    Sharing replayed =
        sharings.again(campaign.key(), cycle, recorded.version(), change.budget(), wanted);
    answer.budget(new BudgetReplay(recorded, replayed, campaign.currency()));
  }

  private static void check(
      String campaignKey,
      int cycle,
      Change change,
      Optional<PlanReplay> plan,
      Optional<Sharing> sharing) {
    if (change.price() != null && plan.isEmpty()) {
      throw new InvalidReplayException(
          new Text(
              "Campaign %s, cycle %d, has recorded no plan, so there is no price to change. Leave the price out."
                  .formatted(campaignKey, cycle),
              "上市活动 %s 第 %d 轮没有方案记录，无价格可改。请省略价格。".formatted(campaignKey, cycle)));
    }
    if (change.budget() != null && sharing.isEmpty()) {
      throw new InvalidReplayException(
          new Text(
              "Campaign %s, cycle %d, has recorded no sharing of its budget, so there is no budget to change. Leave the budget out."
                  .formatted(campaignKey, cycle),
              "上市活动 %s 第 %d 轮没有预算分配记录，无预算可改。请省略预算。".formatted(campaignKey, cycle)));
    }
    if (change.channels() == null) {
      return;
    }
    TreeSet<String> known = new TreeSet<>();
    plan.ifPresent(
        p ->
            p.inputs().channels().stream()
                .map(PlanInputs.SignedChannel::channel)
                .forEach(known::add));
    sharing.ifPresent(s -> s.shares().forEach(share -> known.add(share.channel())));
    List<String> unknown = change.channels().stream().filter(c -> !known.contains(c)).toList();
    if (!unknown.isEmpty()) {
      throw new InvalidReplayException(
          new Text(
              "Unknown in campaign %s, cycle %d: channel %s. A replay can use the channels recorded there: %s."
                  .formatted(
                      campaignKey, cycle, String.join(", ", unknown), String.join(", ", known)),
              "上市活动 %s 第 %d 轮没有渠道：%s。重放可使用该轮记录的渠道：%s。"
                  .formatted(
                      campaignKey, cycle, String.join("、", unknown), String.join("、", known))));
    }
  }

  /** What comes together in a replay. Not thread-safe. */
  private static final class Answer {
    private List<Replay.Compared> plan = List.of();
    private List<Replay.Compared> budget = List.of();
    private List<Replay.Compared> channels = List.of();
    private final List<Text> heldFixed = new ArrayList<>();
    private final List<Text> sentences = new ArrayList<>();

    void plan(PlanReplay.Outcome outcome) {
      plan = outcome.figures();
      heldFixed.add(PlanReplay.HELD_FIXED);
      sentences.addAll(outcome.sentences());
    }

    void budget(BudgetReplay replayed) {
      budget = replayed.figures();
      channels = replayed.channels();
      heldFixed.add(BudgetReplay.HELD_FIXED);
      sentences.addAll(replayed.sentences());
    }

    List<Text> sentences() {
      List<Text> all = new ArrayList<>();
      boolean same =
          List.of(plan, budget, channels).stream()
              .flatMap(List::stream)
              .allMatch(Replay.Compared::isSame);
      if (same) {
        all.add(
            new Text(
                "The replay gives exactly what was recorded: nothing that matters was changed.",
                "重放结果与记录完全一致：没有改变任何有影响的内容。"));
      }
      all.addAll(sentences);
      return all;
    }
  }
}
