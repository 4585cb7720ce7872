package io.channelwise.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.bert.Backend;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.probability.LearnedPurchases;
import io.channelwise.probability.PurchaseFolder;
import io.channelwise.probability.PurchaseModel;
import io.channelwise.support.NewTicket;
import io.channelwise.support.SupportService;
import io.channelwise.testing.TestDatabase;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.PermanentFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** In the order of a product's life: before a release, a first version, a second one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InferenceTest {
  private static final String TOKEN = "a-token-for-the-tests";
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir static Path folder;

  private static AnnotationConfigApplicationContext context;
  private static TicketClassifyWorker worker;
  private static SupportService support;
  private static HttpClient http;
  private static String ticketBeforeRelease;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.registerBean(
        InferenceSettings.class,
        () ->
            new InferenceSettings(
                folder.resolve("store"), InferenceSettings.LOOPBACK, 0, TOKEN, "cpu", 2, "onnx"));
    context.register(DomainConfiguration.class, InferenceWorkers.class);
    context.refresh();
    worker = context.getBean(TicketClassifyWorker.class);
    support = context.getBean(SupportService.class);
    http = HttpClient.newHttpClient();
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"acme-test","name":"Acme","company":"Acme Ltd","product":"Acme LLM",
                 "description":"Answers questions.","locale":"en","promotionBudget":10000,
                 "currency":"CNY"}
                """));
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static TicketClassifyWorker.Output classify(String ticketId) {
    return worker.handle(new TicketClassifyWorker.Input(ticketId), new OneTask());
  }

  private static String ticket(String text, Integer rating) {
    return support.open(new NewTicket("acme-test", text, null, null, rating)).id();
  }

  private static ModelVersion release(String model, Map<String, String> textByLabel) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int number = i;
      textByLabel.forEach((label, text) -> examples.add(new Example(text + " " + number, label)));
    }
    return ReleasedModel.train(context, folder, model, Task.SEQUENCE, examples);
  }

  private static HttpResponse<String> post(String body, String token) throws Exception {
    return post("/predictions", body, token);
  }

  private static HttpResponse<String> post(String path, String body, String token)
      throws Exception {
    int port = context.getBean(PredictionServer.class).port();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode predict(String model, String... texts) throws Exception {
    HttpResponse<String> response =
        post(JSON.writeValueAsString(Map.of("model", model, "texts", texts)), TOKEN);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  @Order(1)
  void shouldFitTheModels() {
    assertThat(ContractCheck.classpath("processes").differences(List.of(worker.contract())))
        .isEmpty();
  }

  @Test
  @Order(2)
  void shouldSayUnknown_beforeARelease() throws Exception {
    ticketBeforeRelease = ticket("My invoice is wrong", 1);
    var bad = classify(ticketBeforeRelease);
    var good = classify(ticket("Thank you", 5));
    var silent = classify(ticket("Hello", null));

    assertThat(bad.intent()).isEqualTo("unknown");
    assertThat(bad.confidence()).isZero();
    assertThat(bad.modelVersion()).isEqualTo("none");
    assertThat(bad.sentiment()).isEqualTo("negative");
    assertThat(bad.surgeNegativeShare()).isEqualTo(1.0);
    assertThat(silent.surgeNegativeShare()).isEqualTo(1.0 / 3);
    assertThat(good.sentiment()).isEqualTo("positive");
    assertThat(silent.sentiment()).isEqualTo("neutral");
    HttpResponse<String> none = post("{\"model\":\"ticket-intent\",\"texts\":[\"a\"]}", TOKEN);
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("Model 'ticket-intent' has no released version");
  }

  @Test
  @Order(3)
  void shouldClassifyByTheReleasedModels() throws Exception {
    release("ticket-intent", Map.of("billing", "my invoice is wrong", "bug", "the app crashed"));
    release("ticket-sentiment", Map.of("negative", "this is awful", "positive", "this is great"));
    String id = ticket("The app crashed again", null);

    var first = classify(id);
    var second = classify(id);

    assertThat(first).isEqualTo(second);
    assertThat(first.intent()).isEqualTo("bug");
    assertThat(first.confidence()).isBetween(0.5, 1.0);
    assertThat(first.modelVersion()).isEqualTo("1");
    assertThat(first.sentiment()).isIn("negative", "positive");
    assertThat(classify(ticketBeforeRelease).modelVersion()).isEqualTo("none");
    JsonNode answer = predict("ticket-intent", "wrong invoice", "app crashed");
    assertThat(answer.path("version").asInt()).isEqualTo(1);
    assertThat(answer.path("predictions")).hasSize(2);
    assertThat(answer.at("/predictions/0/label").asText()).isEqualTo("billing");
    assertThat(answer.at("/predictions/0/scores")).hasSize(2);
    HttpResponse<String> forwarded =
        post("/api/models/ticket-intent/predictions", "{\"texts\":[\"wrong invoice\"]}", TOKEN);
    assertThat(JSON.readTree(forwarded.body()).at("/predictions/0/label").asText())
        .isEqualTo("billing");
  }

  @Test
  @Order(4)
  void shouldGiveEachCallerItsOwnAnswers_whenManyAskAtOnce() {
    Predictor predictor = context.getBean(Predictor.class);
    List<CompletableFuture<List<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      List<String> texts =
          i % 2 == 0 ? List.of("my invoice is wrong") : List.of("the app crashed", "crashed");
      answers.add(
          CompletableFuture.supplyAsync(
                  () ->
                      predictor.predict("ticket-intent", texts).orElseThrow().predictions().stream()
                          .map(prediction -> prediction.label())
                          .toList())
              .orTimeout(60, TimeUnit.SECONDS));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).join())
          .isEqualTo(i % 2 == 0 ? List.of("billing") : List.of("bug", "bug"));
    }
  }

  @Test
  @Order(5)
  void shouldTakeUpAnotherVersion_whenItIsReleased() throws Exception {
    release("ticket-intent", Map.of("praise", "thank you so much", "refund", "money back please"));

    JsonNode answer = predict("ticket-intent", "money back");

    assertThat(answer.path("version").asInt()).isEqualTo(2);
    assertThat(answer.at("/predictions/0/label").asText()).isEqualTo("refund");
    assertThat(classify(ticket("Thank you", null)).modelVersion()).isEqualTo("2");
  }

  @Test
  @Order(6)
  void shouldNotUseFilesThatWereChanged() throws Exception {
    ModelVersion version = release("tampered", Map.of("a", "first", "b", "second"));
    Files.writeString(folder.resolve("store").resolve(version.path()).resolve("config.json"), "{}");

    HttpResponse<String> response = post("{\"model\":\"tampered\",\"texts\":[\"a\"]}", TOKEN);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("Version 1 of model tampered is not used");
  }

  @Test
  @Order(7)
  void shouldTellEveryCallerAndGoOn_whenAnErrorStopsAModel() {
    AtomicBoolean broken = new AtomicBoolean(true);
    ProxyFactory faulty = new ProxyFactory(context.getBean(ModelRegistry.class));
    faulty.setProxyTargetClass(true);
    faulty.addAdvice(
        (MethodBeforeAdvice)
            (method, arguments, target) -> {
              if (broken.get()) {
                throw new UnsatisfiedLinkError("no such library");
              }
            });
    ModelRegistry registry = (ModelRegistry) faulty.getProxy();
    ModelStore store = new ModelStore(folder.resolve("store"));
    try (Predictor predictor = new Predictor(registry, store, "cpu", 2, Backend.ONNX)) {
      for (int i = 0; i < 2; i++) {
        assertThat(asked(predictor))
            .failsWithin(60, TimeUnit.SECONDS)
            .withThrowableThat()
            .withStackTraceContaining("no such library");
      }
      broken.set(false);
      assertThat(asked(predictor)).succeedsWithin(60, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Optional<Predictions>> asked(Predictor predictor) {
    return CompletableFuture.supplyAsync(
        () -> predictor.predict("ticket-intent", List.of("money back")));
  }

  @Test
  @Order(8)
  void shouldRefuseWrongRequestsClearly() throws Exception {
    assertThat(post("{}", "another-token-altogether").statusCode()).isEqualTo(401);
    assertRefused(400, "{", "The body is no JSON");
    assertRefused(400, "[]", "no JSON object");
    assertRefused(400, "{\"texts\":[\"a\"]}", "model");
    assertRefused(400, "{\"model\":\"m\"}", "no list");
    assertRefused(400, "{\"model\":\"m\",\"texts\":[]}", "0 entries");
    assertRefused(400, "{\"model\":\"m\",\"texts\":[\"a\",7]}", "Text 2 is no string");
    assertRefused(400, "{\"model\":\"m\",\"texts\":[\" \"]}", "Text 1 is empty");
    assertRefused(
        400,
        JSON.writeValueAsString(Map.of("model", "m", "texts", List.of("x".repeat(10_001)))),
        "10001 characters long");
    assertRefused(
        400,
        JSON.writeValueAsString(Map.of("model", "m", "texts", Collections.nCopies(257, "x"))),
        "257 entries; 1 to 256");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/predictions").statusCode()).isEqualTo(405);
    assertThat(get("/other").statusCode()).isEqualTo(404);
    assertThatThrownBy(() -> classify(UUID.randomUUID().toString()))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("There is no ticket");
  }

  @Test
  @Order(9)
  void shouldPredictPairs_whenTheModelReadsTwoTexts() throws Exception {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      examples.add(Example.pair("shops: late parcels " + i, "Parcels on time", "suits"));
      examples.add(Example.pair("shops: late parcels " + i, "Cheaper loans", "not"));
      examples.add(Example.pair("banks: slow loans " + i, "Cheaper loans", "suits"));
      examples.add(Example.pair("banks: slow loans " + i, "Parcels on time", "not"));
    }
    ReleasedModel.train(context, folder, "pairs", Task.PAIR, examples);
    String pair = "{\"pairs\":[[\"shops: late parcels\",\"Parcels on time\"],[\"a\",\"b\"]]}";

    HttpResponse<String> answer = post("/api/models/pairs/predictions", pair, TOKEN);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode predictions = JSON.readTree(answer.body()).path("predictions");
    assertThat(predictions).hasSize(2);
    JsonNode scores = predictions.path(0).path("scores");
    assertThat(scores.path("suits").asDouble() + scores.path("not").asDouble())
        .isCloseTo(1, within(1e-6));
    // One caller's mistake is told to that caller only.
    assertRefused(400, "{\"model\":\"pairs\",\"texts\":[\"a\"]}", "Send \"pairs\"");
    assertRefused(400, "{\"model\":\"ticket-intent\",\"pairs\":[[\"a\",\"b\"]]}", "Send \"texts\"");
    assertRefused(400, "{\"model\":\"m\",\"pairs\":[[\"a\"]]}", "Pair 1 has 1 entries");
    assertRefused(400, "{\"model\":\"m\",\"pairs\":[\"a\"]}", "Pair 1 has no list");
    assertRefused(400, "{\"model\":\"m\",\"pairs\":[[\"a\",\" \"]]}", "Text 2 of pair 1 is empty");
    assertRefused(400, "{\"model\":\"m\",\"pairs\":[],\"texts\":[]}", "send one of them");
    assertRefused(
        400,
        JSON.writeValueAsString(
            Map.of("model", "m", "pairs", Collections.nCopies(129, List.of("a", "b")))),
        "129 entries; 1 to 128");
  }

  /** Two columns: the more clicks, the likelier; the second says nothing. */
  private static ModelVersion releasePurchases() {
    List<List<String>> cells = new ArrayList<>();
    List<Boolean> bought = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      cells.add(List.of(i + ".5", i % 2 == 0 ? "new" : "old"));
      bought.add(i % 10 < i / 20);
    }
    BehaviourTable table = BehaviourTable.of(List.of("clicks", "visitor"), cells, bought);
    Path out = folder.resolve("out-purchases");
    PurchaseFolder.write(
        LearnedPurchases.of(table, "visitor", PurchaseModel.Settings.DEFAULT),
        "purchase-probability",
        out);
    return ReleasedModel.release(context, folder, "purchase-probability", out);
  }

  @Test
  @Order(10)
  void shouldSayHowLikelyUsersBuy_whenTheModelReadsRows() throws Exception {
    assertRefused(
        404, "{\"model\":\"purchase-probability\",\"rows\":[{\"clicks\":1}]}", "no released");
    ModelVersion version = releasePurchases();
    String rows =
        "{\"rows\":[{\"clicks\":190,\"visitor\":\"new\"},{\"clicks\":3.5,\"visitor\":null,\"id\":7}]}";

    HttpResponse<String> answer = post("/api/models/purchase-probability/predictions", rows, TOKEN);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("version").asInt()).isEqualTo(1);
    PurchaseModel model =
        PurchaseFolder.read(folder.resolve("store").resolve(version.path())).model();
    Map<String, String> unknown = new HashMap<>(Map.of("clicks", "3.5"));
    unknown.put("visitor", null);
    double[] expected =
        model.probabilities(List.of(Map.of("clicks", "190", "visitor", "new"), unknown));
    assertThat(json.at("/predictions/0/probability").asDouble()).isEqualTo(expected[0]);
    assertThat(json.at("/predictions/1/probability").asDouble()).isEqualTo(expected[1]);
    assertThat(expected[0]).isGreaterThan(expected[1]);
    String asked = "{\"model\":\"purchase-probability\",";
    assertRefused(400, asked + "\"texts\":[\"a\"]}", "decides on rows of behaviour");
    assertRefused(400, asked + "\"pairs\":[[\"a\",\"b\"]]}", "decides on rows of behaviour");
    assertRefused(
        400, "{\"model\":\"ticket-intent\",\"rows\":[{\"a\":1}]}", "decides on texts, not on rows");
    assertRefused(400, asked + "\"rows\":[{\"visitor\":\"new\"}]}", "Row 1 has no column clicks");
    assertRefused(400, asked + "\"rows\":[]}", "0 entries; 1 to 256 rows");
    assertRefused(400, asked + "\"rows\":[7]}", "Row 1 is no object");
    assertRefused(400, asked + "\"rows\":[{\"clicks\":[1]}]}", "holds a list or an object");
    assertRefused(400, asked + "\"rows\":[{\"a\":1}],\"texts\":[\"a\"]}", "send one of them");
  }

  private static void assertRefused(int status, String body, String detail) throws Exception {
    HttpResponse<String> response = post(body, TOKEN);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(response.body()).path("detail").asText()).contains(detail);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    int port = context.getBean(PredictionServer.class).port();
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
