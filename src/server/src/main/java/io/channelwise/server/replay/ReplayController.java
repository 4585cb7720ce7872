package io.channelwise.server.replay;

import io.channelwise.replay.Change;
import io.channelwise.replay.Replay;
import io.channelwise.replay.ReplayService;
import io.channelwise.server.engine.Groups;
import io.channelwise.server.security.Account;
import io.channelwise.server.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Past cycles run again with a change. */
@RestController
@RequestMapping(
    path = "/api/campaigns/{key}/cycles/{cycle}/replays",
    produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Replays")
class ReplayController {
  private final ReplayService replays;

  ReplayController(ReplayService replays) {
    this.replays = replays;
  }

  /** What is different in the replay; null keeps what was recorded. */
  @Schema(name = "ReplayChange")
  record Wanted(
      @Schema(
              description = "Those that take part, by name; left out: the recorded ones",
              example = "[\"Community\"]")
          List<String> channels,
      @Schema(
              description =
                  "Per customer and period, in the campaign's currency, above 0; left out: the plan's",
              example = "99")
          Double price,
      @Schema(
              description =
                  "Of the promotion, in the campaign's currency, above 0; left out: the recorded one",
              example = "20000")
          Double budget) {}

  @Operation(
      summary = "Run a past cycle again with a change",
      description =
          "Evaluates the cycle's chosen plan (else the recommended one) and shares its promotion"
              + " budget out again on the data recorded then, with other channels, another price or"
              + " another budget. Returns each figure as recorded and as replayed with the"
              + " difference, what was held fixed, and the reasons in both languages; the ids of the"
              + " plan and of the sharing name what was compared. With {} it gives exactly what was"
              + " recorded. Stores nothing. 422 for an unknown channel, a number not above 0, or a"
              + " budget that cannot be shared out; 404 when the cycle recorded neither. Groups:"
              + " gtm-lead, finance.")
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Replay replay(
      @PathVariable("key") String key,
      @PathVariable("cycle") int cycle,
      @RequestBody Wanted wanted,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD, Groups.FINANCE);
    return replays.replay(
        key, cycle, new Change(wanted.channels(), wanted.price(), wanted.budget()));
  }
}
