package io.channelwise.server.model;

import io.channelwise.campaign.CampaignService;
import io.channelwise.feedback.Dataset;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.DatasetTooSmallException;
import io.channelwise.model.EpochRow;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.ProgressRow;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.server.engine.Groups;
import io.channelwise.server.security.Account;
import io.channelwise.server.security.Roles;
import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Training runs: started, followed step by step, cancelled. */
@RestController
@RequestMapping(path = "/api/training-runs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Training runs")
class TrainingRunController {
  private static final int LIMIT_MAX = 200;

  private final TrainingProcesses processes;
  private final TrainingRunService runs;
  private final DatasetService datasets;
  private final ModelRegistry models;
  private final CampaignService campaigns;

  TrainingRunController(
      TrainingProcesses processes,
      TrainingRunService runs,
      DatasetService datasets,
      ModelRegistry models,
      CampaignService campaigns) {
    this.processes = processes;
    this.runs = runs;
    this.datasets = datasets;
    this.models = models;
    this.campaigns = campaigns;
  }

  /**
   * Where a run stands.
   *
   * @param state {@code running} or {@code ended}
   * @param outcome how it ended; null before
   * @param rounds what each round of training did so far
   */
  record RunView(
      String id,
      String modelName,
      String datasetId,
      String state,
      String outcome,
      List<TrainingRun> rounds,
      Map<String, String> links) {}

  record Metrics(String id, int round, List<ProgressRow> steps, List<EpochRow> epochs) {}

  @Operation(
      summary = "Start a training run",
      description =
          "On a dataset, or on one built from a campaign: ticket-intent and ticket-sentiment from its"
              + " feedback, purchase-probability from its users' events (only the seed of the settings"
              + " counts there), material-fit from the clicks on what it sent (pairs of texts). The run waits for a training worker; its result waits for a person's"
              + " approval. Group: ml-engineer.")
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<RunView> start(
      @RequestBody NewTrainingRun wanted, @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.ML_ENGINEER);
    Map<String, Object> variables = wanted.settings();
    Dataset dataset = dataset(wanted);
    variables.put("modelName", dataset.modelName());
    variables.put("datasetId", dataset.id());
    if (wanted.campaignKey() != null) {
      variables.put("campaignKey", wanted.campaignKey());
    }
    String id = processes.start(variables, user);
    return ResponseEntity.created(URI.create("/api/training-runs/" + id)).body(get(id));
  }

  @Operation(summary = "The newest rounds of all runs")
  @GetMapping
  List<TrainingRun> latest(@RequestParam(name = "limit", defaultValue = "50") int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "bad-limit", limit, LIMIT_MAX);
    }
    return runs.latest(limit);
  }

  @Operation(summary = "Where a run stands: state, outcome, rounds")
  @GetMapping("/{id}")
  RunView get(@PathVariable("id") String id) {
    TrainingProcesses.Stand stand =
        processes
            .find(id)
            .orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "unknown-training", id));
    String self = "/api/training-runs/" + id;
    return new RunView(
        id,
        stand.modelName(),
        stand.datasetId(),
        stand.running() ? "running" : "ended",
        stand.outcome(),
        runs.rounds(id),
        Map.of("self", self, "metrics", self + "/metrics", "cancellation", self + "/cancellation"));
  }

  @Operation(summary = "Loss, learning rate and speed of each logged step; accuracy of each epoch")
  @GetMapping("/{id}/metrics")
  Metrics metrics(
      @PathVariable("id") String id,
      @RequestParam(name = "round", required = false) Integer round) {
    get(id);
    List<TrainingRun> rounds = runs.rounds(id);
    if (round == null) {
      int last = rounds.isEmpty() ? 1 : rounds.get(rounds.size() - 1).round();
      return new Metrics(id, last, runs.progress(id, last), runs.epochs(id, last));
    }
    runs.require(id, round);
    return new Metrics(id, round, runs.progress(id, round), runs.epochs(id, round));
  }

  @Operation(
      summary = "Cancel a run",
      description = "Stops within seconds and keeps the best checkpoint. Group: ml-engineer.")
  @PostMapping("/{id}/cancellation")
  ResponseEntity<RunView> cancel(
      @PathVariable("id") String id, @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.ML_ENGINEER);
    get(id);
    processes.cancel(id);
    return ResponseEntity.accepted().body(get(id));
  }

  private Dataset dataset(NewTrainingRun wanted) {
    if (wanted.modelName() == null || wanted.modelName().isBlank()) {
      throw NewTrainingRun.wrong("modelName", "", "the name of a model, e.g. ticket-intent");
    }
    if (wanted.datasetId() == null) {
      return build(wanted);
    }
    Dataset dataset = datasets.require(wanted.datasetId());
    if (!dataset.modelName().equals(wanted.modelName())) {
      throw NewTrainingRun.wrong(
          "modelName",
          wanted.modelName(),
          dataset.modelName() + ", which the dataset was built for");
    }
    return dataset;
  }

  private Dataset build(NewTrainingRun wanted) {
    if (wanted.campaignKey() == null) {
      throw NewTrainingRun.wrong("datasetId", "", "a dataset's id, or a campaignKey beside it");
    }
    campaigns.require(wanted.campaignKey());
    int cycle = wanted.cycle() == null ? 1 : wanted.cycle();
    String live = models.live(wanted.modelName()).map(ModelVersion::datasetId).orElse(null);
    try {
      return datasets.build(wanted.campaignKey(), cycle, wanted.modelName(), live).dataset();
    } catch (DatasetTooSmallException e) {
      throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "dataset-too-small", e.getMessage());
    } catch (IllegalArgumentException e) {
      throw NewTrainingRun.wrong(
          "modelName",
          wanted.modelName(),
          "one of " + String.join(", ", DatasetService.MODEL_NAMES));
    }
  }
}
