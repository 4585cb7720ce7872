package io.channelwise.server.support;

import io.channelwise.campaign.CampaignService;
import io.channelwise.server.engine.Groups;
import io.channelwise.server.security.Account;
import io.channelwise.server.security.Roles;
import io.channelwise.server.web.ApiException;
import io.channelwise.support.NewTicket;
import io.channelwise.support.SupportService;
import io.channelwise.support.Ticket;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Customers' questions: opened here, answered by the model's routing or by an agent. */
@RestController
@Tag(name = "Tickets")
class TicketController {
  private static final int LIMIT_MAX = 500;

  private final SupportService support;
  private final CampaignService campaigns;
  private final TicketProcesses processes;

  TicketController(SupportService support, CampaignService campaigns, TicketProcesses processes) {
    this.support = support;
    this.campaigns = campaigns;
    this.processes = processes;
  }

  @Operation(
      summary = "Open a ticket",
      description =
          "Starts support-ticket with the ticket's id as business key. Groups:"
              + " support-agent, gtm-lead.")
  @PostMapping(
      path = "/api/tickets",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Ticket> open(
      @RequestBody NewTicket newTicket, @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.SUPPORT_AGENT, Groups.GTM_LEAD);
    if (newTicket.campaignKey() != null && !newTicket.campaignKey().isBlank()) {
      campaigns.require(newTicket.campaignKey());
    }
    Ticket ticket = support.open(newTicket);
    processes.start(ticket);
    return ResponseEntity.created(URI.create("/api/tickets/" + ticket.id())).body(ticket);
  }

  @Operation(summary = "One ticket: labels, state, answer")
  @GetMapping(path = "/api/tickets/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  Ticket ticket(@PathVariable("id") String id) {
    return support.require(id);
  }

  @Operation(summary = "The newest tickets of a campaign")
  @GetMapping(path = "/api/campaigns/{key}/tickets", produces = MediaType.APPLICATION_JSON_VALUE)
  List<Ticket> ofCampaign(
      @PathVariable("key") String key,
      @RequestParam(name = "limit", defaultValue = "100") int limit) {
    campaigns.require(key);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "bad-limit", limit, LIMIT_MAX);
    }
    return support.latest(key, limit);
  }
}
