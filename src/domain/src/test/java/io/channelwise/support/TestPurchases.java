package io.channelwise.support;

import io.channelwise.campaign.Text;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.NewTraining;
import io.channelwise.model.PurchaseJudgement;
import io.channelwise.model.SegmentProbabilities;
import io.channelwise.model.TrainedModel;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.probability.Evaluation;
import io.channelwise.probability.PurchaseModel.Candidate;
import io.channelwise.probability.PurchaseModel.Kind;
import io.channelwise.probability.PurchaseStudy;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Versions of the model of purchases as a training run and a person would leave them. */
public final class TestPurchases {
  private static final Evaluation JUDGED =
      Evaluation.of(new double[] {0.2, 0.8}, new boolean[] {false, true}, 0, 1);

  private TestPurchases() {}

  public static PurchaseStudy.Segment segment(String name, int users, double probability) {
    return new PurchaseStudy.Segment(
        name, users, probability, probability - 0.05, probability + 0.05, probability + 0.01);
  }

  /** A judged candidate that learned from the campaign's users; its run's id. */
  public static String candidate(
      TestDomain domain, String campaignKey, PurchaseStudy.Segment... segments) {
    String runId = UUID.randomUUID().toString();
    TrainingRunService runs = domain.bean(TrainingRunService.class);
    TrainingRun run =
        runs.begin(
            new NewTraining(
                runId,
                1,
                SegmentProbabilities.MODEL,
                null,
                null,
                UUID.randomUUID().toString(),
                "00",
                Map.of("seed", 42)));
    runs.trained(run, new TrainedModel(11, 0.3, 1, "purchase/" + runId, "0".repeat(64)));
    PurchaseStudy study =
        new PurchaseStudy(
            List.of(
                new Candidate(Kind.LOGISTIC_REGRESSION, JUDGED),
                new Candidate(Kind.BOOSTED_TREES, JUDGED)),
            Kind.LOGISTIC_REGRESSION,
            JUDGED,
            List.of("clicks"),
            List.of(),
            List.of(segments),
            new Text("en", "zh"));
    runs.judge(runId, 1, new PurchaseJudgement(campaignKey, study, JUDGED, null, null));
    return runId;
  }

  /** Makes the run's candidate the live version; its number. */
  public static int release(TestDomain domain, String runId) {
    return domain
        .bean(ModelRegistry.class)
        .release(runId, 1, SegmentProbabilities.MODEL, "ada", null)
        .version()
        .version();
  }
}
