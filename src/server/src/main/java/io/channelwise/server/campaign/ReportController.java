package io.channelwise.server.campaign;

import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Report;
import io.channelwise.campaign.ReportContent;
import io.channelwise.campaign.ReportService;
import io.channelwise.server.web.ApiException;
import io.channelwise.server.web.ErrorPages;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A campaign's report: a page for people, JSON for programs. */
@RestController
@Tag(name = "Campaigns")
class ReportController {
  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  private final ReportService reports;
  private final CampaignService campaigns;

  ReportController(ReportService reports, CampaignService campaigns) {
    this.reports = reports;
    this.campaigns = campaigns;
  }

  @Operation(
      summary = "The report, HTML or JSON by Accept",
      description = "Of the newest cycle that has one, or of the cycle asked for.")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = ReportContent.class)),
        @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))
      })
  @GetMapping("/api/campaigns/{key}/report")
  ResponseEntity<?> report(
      @PathVariable("key") String key,
      @RequestParam(name = "cycle", required = false) Integer cycle,
      @RequestHeader(name = "Accept", defaultValue = MediaType.ALL_VALUE) List<MediaType> accept,
      Locale locale,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean html = wantsHtml(accept);
    boolean known = campaigns.find(key).isPresent();
    Optional<Report> found = cycle == null ? reports.latest(key) : reports.find(key, cycle);
    if (found.isPresent()) {
      Report report = found.get();
      return html
          ? ResponseEntity.ok().contentType(HTML).body(report.html(locale.getLanguage()))
          : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(report.content());
    }
    String code = known ? "no-report" : "unknown-campaign";
    if (html) {
      request.setAttribute(ErrorPages.CODE, code);
      request.setAttribute(ErrorPages.ARGUMENT, key);
      response.sendError(HttpStatus.NOT_FOUND.value());
      return null;
    }
    throw new ApiException(HttpStatus.NOT_FOUND, code, key);
  }

  /** HTML when it is named before JSON, as browsers do; JSON to who takes anything. */
  private static boolean wantsHtml(List<MediaType> accept) {
    return accept.stream()
        .filter(
            t ->
                t.isCompatibleWith(MediaType.TEXT_HTML) && t.isConcrete()
                    || t.isCompatibleWith(MediaType.APPLICATION_JSON))
        .findFirst()
        .map(t -> t.isConcrete() && t.isCompatibleWith(MediaType.TEXT_HTML))
        .orElse(false);
  }
}
