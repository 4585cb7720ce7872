package io.channelwise.feedback;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Labelled datasets made from feedback; a dataset never changes once built. Thread-safe. */
@Service
public class DatasetService {
  /** Classifies what a customer wants: text and intent. */
  public static final String TICKET_INTENT = "ticket-intent";

  /** Classifies how a customer feels: text and negative, neutral or positive. */
  public static final String TICKET_SENTIMENT = "ticket-sentiment";

  private final DatasetRepository datasets;
  private final FeedbackRepository feedback;
  private final Clock clock;

  DatasetService(DatasetRepository datasets, FeedbackRepository feedback, Clock clock) {
    this.datasets = datasets;
    this.feedback = feedback;
    this.clock = clock;
  }

  /**
   * Builds the dataset of a model from all feedback collected up to the cycle ({@code
   * DatasetRules}); the same feedback gives the same dataset, with the same id.
   *
   * @param modelName {@link #TICKET_INTENT} or {@link #TICKET_SENTIMENT}
   * @param liveDatasetId what the live version learned from; null when none is live
   * @throws DatasetTooSmallException when there is too little to learn from
   * @throws IllegalArgumentException for another model name
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public DatasetBuild build(String campaignKey, int cycle, String modelName, String liveDatasetId) {
    List<Example> rows =
        switch (modelName) {
          case TICKET_INTENT -> feedback.labelled(campaignKey, cycle);
          case TICKET_SENTIMENT -> feedback.withSentiment(campaignKey, cycle);
          default ->
              throw new IllegalArgumentException(
                  "No dataset can be built for model %s. Use %s or %s."
                      .formatted(modelName, TICKET_INTENT, TICKET_SENTIMENT));
        };
    DatasetRules.Made made =
        DatasetRules.make(
            rows, "Dataset %s of campaign %s, cycle %d".formatted(modelName, campaignKey, cycle));
    datasets.insert(UUID.randomUUID(), campaignKey, modelName, cycle, made, clock.instant());
    Dataset dataset = datasets.require(campaignKey, modelName, made.sha256());
    int added =
        uuid(liveDatasetId)
            .map(before -> datasets.newExamples(UUID.fromString(dataset.id()), before))
            .orElse(dataset.examples());
    return new DatasetBuild(dataset, added, made.dropped());
  }

  public Optional<Dataset> find(String datasetId) {
    return uuid(datasetId).flatMap(datasets::find);
  }

  /** The dataset; throws {@link UnknownDatasetException} when there is none. */
  public Dataset require(String datasetId) {
    return find(datasetId).orElseThrow(() -> new UnknownDatasetException(datasetId));
  }

  /** The examples of one part, always in the same order. */
  public List<Example> examples(String datasetId, Split split) {
    return datasets.examples(UUID.fromString(require(datasetId).id()), split);
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
