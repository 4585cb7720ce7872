package io.channelwise.worker.inference;

import io.channelwise.bert.Prediction;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.promotion.MaterialPair;
import io.channelwise.promotion.MaterialRankService;
import io.channelwise.promotion.RankedMaterials;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.TransientFailure;
import io.channelwise.worker.runtime.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Topic {@code material.rank}: which prepared material suits which segment, by the released version
 * of {@link MaterialRankService#MODEL}; by click rates before a release.
 */
@Component
public final class MaterialRankWorker
    implements Worker<MaterialRankWorker.Input, MaterialRankWorker.Output> {
  /** Pairs asked at once, so that tickets are not kept waiting behind a whole ranking. */
  static final int CHUNK = 64;

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle) {}

  /**
   * Variables written.
   *
   * @param materialRanking {@code model}, {@code clicks} or {@code none}
   */
  public record Output(String materialRanking, String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("material.rank", Input.class, Output.class);

  private final MaterialRankService materials;
  private final Predictor predictor;

  MaterialRankWorker(MaterialRankService materials, Predictor predictor) {
    this.materials = materials;
    this.predictor = predictor;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    String key = input.campaignKey();
    int cycle = input.cycle();
    try {
      // Delivered again: what was stored first counts, also when another version is live by now.
      RankedMaterials ranking =
          materials.find(key, cycle).orElseGet(() -> rank(key, cycle, context));
      return new Output(ranking.source().text(), materials.brief(key, cycle));
    } catch (UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }

  private RankedMaterials rank(String key, int cycle, TaskContext context) {
    List<MaterialPair> pairs = materials.pairs(key, cycle);
    List<MaterialPair.Scored> scores = new ArrayList<>();
    int version = 0;
    for (int from = 0; from < pairs.size(); from += CHUNK) {
      context.throwIfCancelled();
      List<MaterialPair> chunk = pairs.subList(from, Math.min(from + CHUNK, pairs.size()));
      Optional<Predictions> answer = ask(chunk);
      if (answer.isEmpty()) {
        return materials.byClicks(key, cycle);
      }
      if (version != 0 && version != answer.get().version()) {
        throw new TransientFailure(
            "Version %d of model %s was released while version %d ranked; the ranking starts again."
                .formatted(answer.get().version(), MaterialRankService.MODEL, version),
            null);
      }
      version = answer.get().version();
      for (int i = 0; i < chunk.size(); i++) {
        scores.add(chunk.get(i).scored(score(answer.get(), i)));
      }
    }
    return scores.isEmpty()
        ? materials.byClicks(key, cycle)
        : materials.byModel(key, cycle, version, scores);
  }

  private Optional<Predictions> ask(List<MaterialPair> pairs) {
    try {
      return predictor.predictInputs(
          MaterialRankService.MODEL,
          pairs.stream().map(pair -> List.of(pair.first(), pair.second())).toList());
    } catch (WrongInputException e) {
      throw new PermanentFailure(
          "The live version of model %s ranks no materials: it does not read two texts. Release one that was trained with the task pair."
              .formatted(MaterialRankService.MODEL),
          e);
    }
  }

  private static double score(Predictions answer, int i) {
    Prediction prediction = answer.predictions().get(i);
    Double score = prediction.scores().get(MaterialRankService.SUITS);
    if (score == null) {
      throw new PermanentFailure(
          "Version %d of model %s ranks no materials: its labels are %s, '%s' is expected. Release one that was trained on a dataset of this model."
              .formatted(
                  answer.version(),
                  answer.model(),
                  prediction.scores().keySet(),
                  MaterialRankService.SUITS));
    }
    return Math.min(1.0, score);
  }
}
