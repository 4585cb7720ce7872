package io.channelwise.server.campaign;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people are shown before they decide. */
@RestController
@RequestMapping("/api/briefings")
@Tag(name = "Briefings")
class BriefingController {
  private final BriefingService briefings;

  BriefingController(BriefingService briefings) {
    this.briefings = briefings;
  }

  @Operation(summary = "Figures, tables and charts of one briefing, by the id a task carries")
  @GetMapping
  Briefing briefing(@RequestParam("id") String id) {
    return briefings
        .find(id)
        .orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "unknown-briefing", id));
  }
}
