package io.channelwise.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.FeedbackService;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.NewTraining;
import io.channelwise.model.TrainedModel;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.server.TestServer;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training runs are started on real datasets, followed and cancelled; models are listed. */
class ModelApiTest {
  private static final String CAMPAIGN = "model-campaign";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
    Map<String, String> files = TestServer.campaignFiles(CAMPAIGN);
    StringBuilder feedback = new StringBuilder("kind,text,label,rating,created_at\n");
    String[] labels = {"billing", "login", "speed"};
    for (int i = 0; i < 90; i++) {
      String label = labels[i % labels.length];
      feedback.append(
          "ticket,question %d about %s,%s,%d,2026-01-01\n".formatted(i, label, label, 1 + i % 5));
    }
    files.put("feedback.csv", feedback.toString());
    var created =
        server.send(TestServer.multipart(server.as("lead", "/api/campaigns"), "POST", files));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    server.bean(FeedbackService.class).collect(CAMPAIGN, 1);
  }

  @Test
  void shouldStartAndCancelARun() {
    var started =
        server.post(
            "engineer",
            "/api/training-runs",
            """
            {"modelName": "ticket-intent", "campaignKey": "model-campaign", "epochs": 2,
             "learningRate": 0.0001}
            """);

    assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
    JsonNode run = TestServer.json(started);
    String id = run.path("id").asText();
    assertThat(run.path("state").asText()).isEqualTo("running");
    assertThat(server.bean(RuntimeService.class).getVariables(id))
        .containsEntry("epochs", 2)
        .containsEntry("modelName", "ticket-intent");
    TestServer.await(
        "the run to wait for a worker",
        () ->
            server
                    .bean(RuntimeService.class)
                    .createExecutionQuery()
                    .processInstanceId(id)
                    .messageEventSubscriptionName("training-cancelled")
                    .count()
                > 0);
    assertThat(
            TestServer.json(server.get("lead", "/api/training-runs/" + id + "/metrics"))
                .path("steps"))
        .isEmpty();

    assertThat(server.post("agent", path(id), "").statusCode()).isEqualTo(403);
    assertThat(server.post("engineer", path(id), "").statusCode()).isEqualTo(202);
    assertThat(server.post("engineer", path(id), "").statusCode()).isEqualTo(409);
  }

  @Test
  void shouldRefuseWrongRuns() {
    assertThat(start("{}")).isEqualTo(422);
    assertThat(start("{\"modelName\": \"ticket-intent\"}")).isEqualTo(422);
    assertThat(start("{\"modelName\": \"ticket-intent\", \"campaignKey\": \"nowhere\"}"))
        .isEqualTo(404);
    assertThat(start("{\"modelName\": \"ticket-intent\", \"datasetId\": \"nowhere\"}"))
        .isEqualTo(404);
    assertThat(start("{\"modelName\": \"poems\", \"campaignKey\": \"model-campaign\"}"))
        .isEqualTo(422);
    assertThat(
            start(
                "{\"modelName\": \"ticket-intent\", \"campaignKey\": \"model-campaign\", \"epochs\": 0}"))
        .isEqualTo(422);
    var without =
        server.post(
            "engineer",
            "/api/training-runs",
            "{\"modelName\": \"purchase-probability\", \"campaignKey\": \"model-campaign\"}");
    assertThat(without.statusCode()).isEqualTo(422);
    assertThat(without.body()).contains("dataset-too-small", "0 users with behaviour");
    assertThat(server.post("lead", "/api/training-runs", "{}").statusCode()).isEqualTo(403);
    assertThat(server.get("lead", "/api/training-runs/nowhere").statusCode()).isEqualTo(404);
    assertThat(server.get("lead", "/api/training-runs/nowhere/metrics").statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldSayWhatToDo_whenNothingCanPredict() {
    String path = "/api/models/ticket-intent/predictions";

    assertThat(server.post("agent", path, "{\"texts\": []}").statusCode()).isEqualTo(422);
    var none = server.post("agent", path, "{\"texts\": [\"hello\"]}");

    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("no-released-version");
    assertThat(server.get("agent", "/api/models/poems/versions").statusCode()).isEqualTo(404);
    assertThat(server.get("agent", "/api/models").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldForwardPredictions_onceAVersionIsReleased() {
    var datasets = server.bean(DatasetService.class);
    var dataset = datasets.build(CAMPAIGN, 1, DatasetService.TICKET_SENTIMENT, null).dataset();
    var runs = server.bean(TrainingRunService.class);
    TrainingRun run =
        runs.begin(
            new NewTraining(
                "run-of-test",
                1,
                dataset.modelName(),
                null,
                null,
                dataset.id(),
                dataset.sha256(),
                Map.of("base", "minilm")));
    runs.trained(run, new TrainedModel(10, 0.1, 1.0, "ticket-sentiment/1", "0".repeat(64)));
    server
        .bean(ModelRegistry.class)
        .release("run-of-test", 1, dataset.modelName(), "engineer", null);
    String path = "/api/models/ticket-sentiment/predictions";

    var predicted = server.post("agent", path, "{\"texts\": [\"Where is my invoice?\"]}");

    assertThat(predicted.statusCode()).as(predicted.body()).isEqualTo(200);
    assertThat(TestServer.json(predicted).path("predictions").get(0).path("label").asText())
        .isEqualTo("billing");
    var paired = server.post("agent", path, "{\"pairs\": [[\"shops\", \"A story\"]]}");
    assertThat(paired.statusCode()).as(paired.body()).isEqualTo(200);
    var rows = server.post("agent", path, "{\"rows\": [{\"clicks\": 3, \"segment\": null}]}");
    assertThat(rows.statusCode()).as(rows.body()).isEqualTo(200);
    for (String wrong :
        new String[] {
          "{\"pairs\": []}",
          "{\"pairs\": [[\"a\"]]}",
          "{\"pairs\": [[\"a\", \"\"]]}",
          "{\"pairs\": [null]}",
          "{\"pairs\": [[\"a\", \"b\"]], \"texts\": [\"a\"]}",
          "{\"rows\": []}",
          "{\"rows\": [null]}",
          "{\"rows\": [{\"clicks\": 1}], \"texts\": [\"a\"]}"
        }) {
      assertThat(server.post("agent", path, wrong).statusCode()).as(wrong).isEqualTo(422);
    }
    for (String trouble : new String[] {"break", "hang up"}) {
      var failed = server.post("agent", path, "{\"texts\": [\"" + trouble + "\"]}");
      assertThat(failed.statusCode()).as(trouble).isEqualTo(503);
      assertThat(failed.body()).contains("channelwise work --topics ticket.classify");
    }
    assertThat(
            TestServer.json(server.get("agent", "/api/models/ticket-sentiment/versions"))
                .get(0)
                .path("stage")
                .asText())
        .isEqualTo("live");
  }

  private static String path(String id) {
    return "/api/training-runs/" + id + "/cancellation";
  }

  private static int start(String json) {
    return server.post("engineer", "/api/training-runs", json).statusCode();
  }
}
