package io.channelwise.launcher.demo;

import static io.channelwise.launcher.demo.Api.encode;
import static io.channelwise.launcher.demo.Api.variable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.channelwise.campaign.Text;
import io.channelwise.launcher.sample.SampleTickets.SampleTicket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays the human tasks: looks into each group's task list, claims a task, decides as a person with
 * the figures at hand would, and submits the form. Not thread-safe.
 */
final class People {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> GROUPS =
      List.of("gtm-lead", "channel-manager", "finance", "support-agent", "ml-engineer");

  /** What a person decided. */
  private record Decision(Text told, Map<String, Object> variables) {}

  private final SampleUsers users;
  private final Story story;
  private final int cycles;
  private final Map<String, SampleTicket> tickets = new HashMap<>();
  private final Set<String> done = new HashSet<>();

  /**
   * @param cycles how many cycles the lead wants
   */
  People(SampleUsers users, Story story, int cycles) {
    this.users = users;
    this.story = story;
    this.cycles = cycles;
  }

  /** Tells the agents what the customer of that ticket really meant. */
  void know(String ticketId, SampleTicket ticket) {
    tickets.put(ticketId, ticket);
  }

  /** Plays every task that is open now. */
  int playOpenTasks() {
    int played = 0;
    for (String group : GROUPS) {
      for (JsonNode task :
          users
              .in(group)
              .get(
                  "/engine-rest/task?includeAssignedTasks=true&maxResults=200&candidateGroup="
                      + encode(group))) {
        if (mayTake(group, task)) {
          play(group, task);
          done.add(task.get("id").asText());
          played++;
        }
      }
    }
    return played;
  }

  /** Open, or claimed by this person before an outage hid the rest. */
  private boolean mayTake(String group, JsonNode task) {
    String assignee = task.path("assignee").asText("");
    return !done.contains(task.get("id").asText())
        && (task.path("assignee").isNull()
            || assignee.isEmpty()
            || assignee.equals(SampleUsers.idOf(group)));
  }

  private void play(String group, JsonNode task) {
    Api api = users.in(group);
    String id = task.get("id").asText();
    Map<String, JsonNode> variables = variablesOf(api, id);
    Decision decision = decide(task.get("taskDefinitionKey").asText(), variables);
    try {
      api.post("/engine-rest/task/" + id + "/claim", Map.of("userId", SampleUsers.idOf(group)));
      Map<String, Object> submitted = new LinkedHashMap<>();
      decision.variables().forEach((name, value) -> submitted.put(name, variable(value)));
      api.post("/engine-rest/task/" + id + "/submit-form", Map.of("variables", submitted));
    } catch (Api.ApiException e) {
      if (stillThere(api, id)) {
        throw e;
      }
      // A message or a timer took the task away while the person was reading.
      return;
    }
    story.person(SampleUsers.nameOf(group), group, task.get("name").asText(), decision.told());
  }

  private static boolean stillThere(Api api, String taskId) {
    return !api.get("/engine-rest/task?taskId=" + taskId).isEmpty();
  }

  private static Map<String, JsonNode> variablesOf(Api api, String taskId) {
    Map<String, JsonNode> values = new HashMap<>();
    JsonNode all =
        api.get("/engine-rest/task/" + taskId + "/form-variables?deserializeValues=false");
    all.fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue().path("value");
              boolean json = "Json".equals(field.getValue().path("type").asText());
              values.put(field.getKey(), json ? parse(value.asText()) : value);
            });
    return values;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("The engine gave a JSON variable that is none: " + json, e);
    }
  }

  private Decision decide(String task, Map<String, JsonNode> variables) {
    return switch (task) {
      case "Task_ApproveTargetMarket" -> market(variables);
      case "Task_ApproveShortlist" -> shortlist(variables);
      case "Task_ApproveContract" ->
          new Decision(
              new Text(
                  "approves the terms with " + text(variables, "channel"),
                  "批准与 " + text(variables, "channel") + " 的条款"),
              Map.of("contractOutcome", "approve", "contractComment", "Within our limits."));
      case "Task_NegotiateByHand" ->
          new Decision(
              new Text(
                  "lets " + text(variables, "channel") + " go", "放弃 " + text(variables, "channel")),
              Map.of("handOutcome", "giveUp", "handComment", "No agreement in sight."));
      case "Task_ChooseBusinessModel" -> plan(variables);
      case "Task_ApproveMaterials" ->
          new Decision(
              new Text("approves the materials", "批准宣传材料"),
              Map.of(
                  "materialsOutcome", "approve",
                  "rejectedMaterials", JSON.createArrayNode(),
                  "materialsComment", "Good to go."));
      case "Task_ApproveBudget" ->
          new Decision(
              new Text("approves the budget", "批准预算"),
              Map.of(
                  "budgetOutcome", "approve",
                  "promotionBudget", variables.get("promotionBudget").asDouble(),
                  "budgetComment", "Within the quarter's plan."));
      case "Task_HandleSentimentSurge" ->
          new Decision(
              new Text("calls the unhappy customers and posts a status note", "致电不满的客户并发布状态说明"),
              Map.of(
                  "surgeAction", "call-customers",
                  "surgeComment", "Cause: the outage of this morning."));
      case "Task_AnswerTicket" -> answer(variables);
      case "Task_PlanImprovements" ->
          new Decision(
              new Text("plans the improvements with most value for the effort", "规划性价比最高的改进"),
              Map.of(
                  "improvementsOutcome", "plan",
                  "chosenImprovements", chosenImprovements(variables),
                  "improvementsComment", "Smallest effort first."));
      case "Task_ApproveRelease" ->
          new Decision(
              released(
                  text(variables, "modelName"),
                  text(variables, "measure"),
                  variables.get("score").asDouble()),
              Map.of("releaseOutcome", "release", "releaseComment", "Better than what is live."));
      case "Task_DecideOnAnotherCycle" -> anotherCycle(variables);
      default ->
          throw new IllegalStateException(
              "Task " + task + " came up in the sample campaign and nobody knows what to do.");
    };
  }

  private static Text released(String model, String measure, double score) {
    boolean auc = measure.equals("auc");
    return new Text(
        "releases %s (%s %.3f)".formatted(model, auc ? "AUC" : "macro F1", score),
        "发布 %s（%s %.3f）".formatted(model, auc ? "AUC" : "宏平均 F1", score));
  }

  private static Decision market(Map<String, JsonNode> variables) {
    String market = text(variables, "proposedMarket");
    return new Decision(
        new Text("approves the market " + market, "批准市场 " + market),
        Map.of(
            "marketOutcome", "approve",
            "targetMarket", market,
            "marketComment", "The figures speak for it."));
  }

  private static Decision shortlist(Map<String, JsonNode> variables) {
    JsonNode proposed = variables.get("proposedShortlist");
    return new Decision(
        new Text(
            "approves a shortlist of " + proposed.size() + " channels",
            "批准 " + proposed.size() + " 个渠道的清单"),
        Map.of(
            "shortlistOutcome", "approve",
            "shortlist", proposed,
            "shortlistComment", "As proposed."));
  }

  private static Decision plan(Map<String, JsonNode> variables) {
    String id = text(variables, "recommendedPlanId");
    String name = id;
    for (JsonNode plan : variables.get("planCandidates")) {
      if (plan.get("planId").asText().equals(id)) {
        name = plan.get("name").asText();
      }
    }
    return new Decision(
        new Text("chooses the plan " + name, "选择方案 " + name),
        Map.of("planOutcome", "choose", "planId", id, "planComment", "The knee of the front."));
  }

  /** A person reads the ticket, answers, and puts the label right. */
  private Decision answer(Map<String, JsonNode> variables) {
    String id = text(variables, "ticketId");
    SampleTicket ticket = tickets.get(id);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("answer", "Thank you for writing. We looked into it and will keep you posted.");
    if (ticket != null) {
      form.put("correctedIntent", ticket.intent());
      form.put(
          "correctedSentiment",
          ticket.rating() <= 2 ? "negative" : ticket.rating() == 3 ? "neutral" : "positive");
    }
    return new Decision(
        new Text(
            "answers a ticket" + (ticket == null ? "" : " about " + ticket.intent()),
            "回复工单" + (ticket == null ? "" : "：" + ticket.intent())),
        form);
  }

  /** The three best rows of the briefing's first table, as the form offers them. */
  private ArrayNode chosenImprovements(Map<String, JsonNode> variables) {
    ArrayNode chosen = JSON.createArrayNode();
    JsonNode rows =
        users
            .in("gtm-lead")
            .get("/api/briefings?id=" + encode(text(variables, "briefingId")))
            .path("tables")
            .path(0)
            .path("rows");
    for (int i = 0; i < Math.min(3, rows.size()); i++) {
      chosen.add(rows.get(i).path(1).asText());
    }
    return chosen;
  }

  private Decision anotherCycle(Map<String, JsonNode> variables) {
    int cycle = variables.get("cycle").asInt();
    boolean again = cycle < cycles;
    return new Decision(
        new Text(
            again ? "wants another cycle" : "ends the campaign after cycle " + cycle,
            again ? "再来一轮" : "第 " + cycle + " 轮后结束活动"),
        Map.of("anotherCycle", again, "cycleComment", again ? "It works; go on." : "Goals met."));
  }

  private static String text(Map<String, JsonNode> variables, String name) {
    JsonNode value = variables.get(name);
    return value == null ? "" : value.asText();
  }
}
