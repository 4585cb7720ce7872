package io.channelwise.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.launcher.sample.SampleCampaign;
import io.channelwise.launcher.sample.SampleEvents;
import io.channelwise.launcher.sample.SampleTickets;
import io.channelwise.launcher.sample.SampleTickets.SampleTicket;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Plays the users and customers: they click and buy while a promotion runs, and write tickets while
 * the service window is open. Not thread-safe.
 */
public final class Customers {
  private static final int USERS_A_CYCLE = 400;

  private final String campaignKey;
  private final String language;
  private final SampleUsers users;
  private final BiConsumer<String, SampleTicket> sent;
  private final Story story;
  private final int ticketsACycle;
  private final Deque<SampleTicket> unsent = new ArrayDeque<>();
  private final List<String> openTickets = new ArrayList<>();
  private boolean promotionSeen;
  private boolean serviceSeen;
  private int promotions;
  private int services;

  /**
   * @param sent hears each ticket's id and what its customer really meant
   * @param ticketsACycle how many tickets they write in each service window
   */
  public Customers(
      String campaignKey,
      String language,
      SampleUsers users,
      BiConsumer<String, SampleTicket> sent,
      Story story,
      int ticketsACycle) {
    this.campaignKey = campaignKey;
    this.language = language;
    this.users = users;
    this.sent = sent;
    this.story = story;
    this.ticketsACycle = ticketsACycle;
  }

  /**
   * Acts as the running steps allow.
   *
   * @return how many things were done
   */
  public int act(Set<String> running) throws IOException {
    int acted = 0;
    boolean promotion = running.contains("market-promotion") && promotionRuns();
    if (promotion && !promotionSeen) {
      sendEvents(++promotions);
      acted++;
    }
    promotionSeen = promotion;
    boolean service = running.contains("customer-service") && serviceOpen();
    if (service && !serviceSeen) {
      services++;
      unsent.addAll(SampleTickets.tickets(ticketsACycle, SampleCampaign.SEED + 1_000L * services));
    }
    serviceSeen = service;
    if (!unsent.isEmpty()) {
      sendTickets();
      acted++;
    }
    if (service && allClosed()) {
      closeWindow();
      acted++;
    }
    return acted;
  }

  private boolean promotionRuns() {
    return waitsFor("promotion-ended");
  }

  private boolean serviceOpen() {
    return waitsFor("service-window-closed");
  }

  private boolean waitsFor(String message) {
    return !users
        .in("gtm-lead")
        .get(
            "/engine-rest/execution?messageEventSubscriptionName="
                + message
                + "&businessKey="
                + Api.encode(campaignKey))
        .isEmpty();
  }

  private void sendEvents(int cycle) throws IOException {
    SampleEvents events =
        SampleEvents.live(
            SampleCampaign.isChinese(language),
            SampleCampaign.SEED + 100L * cycle,
            "cycle%d-%d".formatted(cycle, Instant.now().getEpochSecond()),
            USERS_A_CYCLE,
            Instant.now());
    List<String[]> rows = events.rows();
    users
        .in("channel-manager")
        .post(
            "/api/campaigns/" + campaignKey + "/events",
            "text/csv; charset=utf-8",
            SampleCampaign.csv(rows));
    story.tell(
        "Users act: %d behaviour events come in".formatted(rows.size() - 1),
        "用户行动：收到 %d 条行为事件".formatted(rows.size() - 1));
  }

  private void sendTickets() {
    while (!unsent.isEmpty()) {
      SampleTicket ticket = unsent.peek();
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("campaignKey", campaignKey);
      body.put("text", ticket.text());
      body.put("channel", "e-mail");
      body.put("rating", ticket.rating());
      JsonNode opened = users.in("support-agent").post("/api/tickets", body);
      unsent.remove();
      String id = opened.get("id").asText();
      openTickets.add(id);
      sent.accept(id, ticket);
    }
    story.tell(
        "Customers write: %d tickets come in".formatted(ticketsACycle),
        "客户来信：收到 %d 张工单".formatted(ticketsACycle));
  }

  private boolean allClosed() {
    openTickets.removeIf(
        id ->
            "closed"
                .equals(
                    users.in("support-agent").get("/api/tickets/" + id).path("state").asText()));
    return openTickets.isEmpty();
  }

  private void closeWindow() {
    users
        .in("gtm-lead")
        .post(
            "/api/campaigns/" + campaignKey + "/messages", Map.of("name", "service-window-closed"));
    story.tell("Every ticket is closed; the service window closes", "工单全部关闭，服务窗口结束");
  }
}
