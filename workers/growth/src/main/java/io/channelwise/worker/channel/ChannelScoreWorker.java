package io.channelwise.worker.channel;

import io.channelwise.channel.ChannelService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import org.springframework.stereotype.Component;

/** Scores the channels of the target market. A second run replaces the scores of the first. */
@Component
public final class ChannelScoreWorker
    implements Worker<ChannelScoreWorker.Input, ChannelScoreWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle, String targetMarket) {}

  /**
   * Variables written.
   *
   * @param scoredChannels the best first
   */
  public record Output(List<Scored> scoredChannels, String briefingId) {}

  /**
   * One channel as the shortlist decision sees it.
   *
   * @param cost listed fixed cost of one cycle
   */
  public record Scored(
      String channel, String kind, double score, double attraction, double reach, double cost) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("channel.score", Input.class, Output.class);

  private final ChannelService channels;

  ChannelScoreWorker(ChannelService channels) {
    this.channels = channels;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    List<Scored> scored =
        channels.score(input.campaignKey(), input.cycle(), input.targetMarket()).stream()
            .map(
                s ->
                    new Scored(
                        s.channel(), s.kind(), s.score(), s.attraction(), s.reach(), s.fixedCost()))
            .toList();
    return new Output(scored, ChannelService.briefingId(input.campaignKey(), input.cycle()));
  }
}
