package io.channelwise.feedback;

import io.channelwise.channel.EventService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.feedback.DatasetRepository.Head;
import io.channelwise.model.SegmentProbabilities;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.promotion.MaterialExampleService;
import io.channelwise.promotion.MaterialRankService;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Labelled datasets made from feedback and events; a dataset never changes once built. Thread-safe.
 */
@Service
public class DatasetService {
  /** Classifies what a customer wants: text and intent. */
  public static final String TICKET_INTENT = "ticket-intent";

  /** Classifies how a customer feels: text and negative, neutral or positive. */
  public static final String TICKET_SENTIMENT = "ticket-sentiment";

  /** Says how likely a user buys: behaviour and whether a purchase followed. */
  public static final String PURCHASE_PROBABILITY = SegmentProbabilities.MODEL;

  /** Says whether a material suits a segment: the texts of both, and suits or not. */
  public static final String MATERIAL_FIT = MaterialRankService.MODEL;

  /** The column of behaviour that names a user's segment. */
  public static final String SEGMENT_COLUMN = BehaviourRules.SEGMENT;

  /** Models that a dataset can be built for. */
  public static final List<String> MODEL_NAMES =
      List.of(TICKET_INTENT, TICKET_SENTIMENT, PURCHASE_PROBABILITY, MATERIAL_FIT);

  /** More teach no more: those with the smallest hash are taken. */
  private static final int USERS_MAX = 50_000;

  private final DatasetRepository datasets;
  private final FeedbackRepository feedback;
  private final EventService events;
  private final MaterialExampleService materials;
  private final Clock clock;

  DatasetService(
      DatasetRepository datasets,
      FeedbackRepository feedback,
      EventService events,
      MaterialExampleService materials,
      Clock clock) {
    this.datasets = datasets;
    this.feedback = feedback;
    this.events = events;
    this.materials = materials;
    this.clock = clock;
  }

  /**
   * Builds the dataset of a model: of texts from all feedback collected up to the cycle ({@code
   * DatasetRules}), of behaviour from all events recorded so far ({@code BehaviourRules}), of pairs
   * from what clicks said of the materials sent up to the cycle ({@link MaterialExampleService}).
   * The same feedback or events give the same dataset, with the same id.
   *
   * @param modelName one of {@link #MODEL_NAMES}
   * @param liveDatasetId what the live version learned from; null when none is live
   * @throws DatasetTooSmallException when there is too little to learn from
   * @throws IllegalArgumentException for another model name
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public DatasetBuild build(String campaignKey, int cycle, String modelName, String liveDatasetId) {
    String what = "Dataset %s of campaign %s, cycle %d".formatted(modelName, campaignKey, cycle);
    Head head =
        switch (modelName) {
          case TICKET_INTENT ->
              texts(campaignKey, cycle, modelName, feedback.labelled(campaignKey, cycle), what);
          case TICKET_SENTIMENT ->
              texts(
                  campaignKey, cycle, modelName, feedback.withSentiment(campaignKey, cycle), what);
          case MATERIAL_FIT -> pairs(campaignKey, cycle, what);
          case PURCHASE_PROBABILITY -> behaviour(campaignKey, cycle, what);
          default ->
              throw new IllegalArgumentException(
                  "No dataset can be built for model %s. Use %s."
                      .formatted(modelName, String.join(", ", MODEL_NAMES)));
        };
    Dataset dataset = datasets.require(campaignKey, modelName, head.sha256());
    int added =
        uuid(liveDatasetId)
            .map(before -> datasets.newExamples(dataset, before))
            .orElse(dataset.examples());
    return new DatasetBuild(dataset, added, head.dropped());
  }

  private Head texts(
      String campaignKey, int cycle, String modelName, List<Example> rows, String what) {
    return examples(
        campaignKey,
        cycle,
        modelName,
        DatasetRules.make(rows, what, "Import more labelled feedback or correct more tickets."));
  }

  private Head pairs(String campaignKey, int cycle, String what) {
    List<Example> rows =
        materials.examples(campaignKey, cycle).stream()
            .map(pair -> new Example(pair.first(), pair.second(), pair.label()))
            .toList();
    return examples(
        campaignKey,
        cycle,
        MATERIAL_FIT,
        DatasetRules.make(
            rows, what, "Send materials to more segments, or let more views and clicks come in."));
  }

  private Head examples(String campaignKey, int cycle, String modelName, DatasetRules.Made made) {
    Head head =
        new Head(
            UUID.randomUUID(),
            campaignKey,
            modelName,
            cycle,
            Dataset.Kind.TEXTS,
            made.labels(),
            made.examples().size(),
            made.sha256(),
            made.dropped());
    datasets.insert(head, made, clock.instant());
    return head;
  }

  private Head behaviour(String campaignKey, int cycle, String what) {
    BehaviourRules.Made made = BehaviourRules.make(events.behaviour(campaignKey, USERS_MAX), what);
    Head head =
        new Head(
            UUID.randomUUID(),
            campaignKey,
            PURCHASE_PROBABILITY,
            cycle,
            Dataset.Kind.BEHAVIOUR,
            BehaviourRules.LABELS,
            made.rows().size(),
            made.sha256(),
            Map.of());
    datasets.insert(head, made, clock.instant());
    return head;
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

  /**
   * The behaviour of the users of one part.
   *
   * @throws IllegalArgumentException when the dataset is of another kind
   */
  public BehaviourTable behaviour(String datasetId, Split split) {
    Dataset dataset = require(datasetId);
    return datasets
        .behaviour(UUID.fromString(dataset.id()), split)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Dataset %s is of %s, not of behaviour."
                        .formatted(datasetId, dataset.kind().stored())));
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
