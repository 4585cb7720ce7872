package io.channelwise.server.channel;

import io.channelwise.channel.EventCount;
import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import io.channelwise.channel.EventsAdded;
import io.channelwise.server.campaign.CampaignProcesses;
import io.channelwise.server.engine.Groups;
import io.channelwise.server.security.Account;
import io.channelwise.server.security.Roles;
import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Behaviour events of a campaign: views, clicks, purchases. */
@RestController
@RequestMapping("/api/campaigns/{key}/events")
@Tag(name = "Events")
class EventController {
  private static final String CSV = "text/csv";
  private static final String NDJSON = "application/x-ndjson";

  private final EventService events;
  private final CampaignProcesses campaigns;

  EventController(EventService events, CampaignProcesses campaigns) {
    this.events = events;
    this.campaigns = campaigns;
  }

  /**
   * @param received rows read
   * @param added rows whose event id was new
   * @param duplicates rows known already
   */
  record Result(long received, long added, long duplicates) {
    static Result of(EventsAdded added) {
      return new Result(added.received(), added.added(), added.duplicates());
    }
  }

  @Operation(
      summary = "Add behaviour events",
      description =
          "CSV with a header, or one JSON object a line; all of the request or none. An event sent"
              + " again, by its id, counts once. A campaign that has ended takes none. Group:"
              + " gtm-lead or channel-manager.",
      requestBody =
          @RequestBody(
              content = {
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
              }))
  @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Result append(
      @PathVariable("key") String key,
      @Parameter(hidden = true) HttpServletRequest request,
      @AuthenticationPrincipal Account user)
      throws IOException {
    Roles.require(user, Groups.GTM_LEAD, Groups.CHANNEL_MANAGER);
    EventFormat format = format(request.getContentType());
    campaigns.requireNotEnded(key);
    try (InputStream in = request.getInputStream()) {
      return Result.of(events.append(key, format, in));
    }
  }

  /**
   * What was recorded in a span of time.
   *
   * @param events in all
   * @param counts by channel, segment and type
   */
  record Counts(
      String campaignKey, Instant from, Instant to, long events, List<EventCount> counts) {}

  @Operation(
      summary = "Count the behaviour events by channel, segment and type",
      description =
          "With revenue and cost; of all that is recorded, or of what occurred from a time on and"
              + " before another (ISO-8601, UTC). The events themselves are at"
              + " /api/campaigns/{key}/data/events.")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Counts counts(
      @PathVariable("key") String key,
      @Parameter(description = "Inclusive", example = "2026-01-01T00:00:00Z")
          @RequestParam(name = "from", required = false)
          Instant from,
      @Parameter(description = "Exclusive", example = "2026-02-01T00:00:00Z")
          @RequestParam(name = "to", required = false)
          Instant to) {
    List<EventCount> counts = events.counts(key, from, to);
    return new Counts(key, from, to, counts.stream().mapToLong(EventCount::events).sum(), counts);
  }

  private static EventFormat format(String contentType) {
    String type = contentType == null ? "" : contentType.replaceAll(";.*", "").strip();
    return switch (type) {
      case CSV -> EventFormat.CSV;
      case NDJSON, "application/ndjson", "application/jsonl" -> EventFormat.NDJSON;
      default ->
          throw new ApiException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE, "events-type", type, CSV, NDJSON);
    };
  }
}
