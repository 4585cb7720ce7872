package io.channelwise.server.campaign;

import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.DataImport;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.ImportedTable;
import io.channelwise.campaign.NewCampaign;
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
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Campaigns: accepted, listed, followed, cancelled. */
@RestController
@RequestMapping(path = "/api/campaigns", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Campaigns")
class CampaignController {
  private static final int SIZE_MAX = 200;

  /** Messages that people may send to a running campaign. */
  private static final Set<String> MESSAGES = Set.of("promotion-ended", "service-window-closed");

  private final Campaigns campaigns;
  private final CampaignService service;
  private final CampaignProcesses processes;
  private final ImportService imports;

  CampaignController(
      Campaigns campaigns,
      CampaignService service,
      CampaignProcesses processes,
      ImportService imports) {
    this.campaigns = campaigns;
    this.service = service;
    this.processes = processes;
    this.imports = imports;
  }

  /** Shape of the multipart request, for the documentation. */
  @Schema(name = "NewCampaignUpload")
  record Upload(
      @Schema(
              description =
                  "The campaign as JSON: key, name, company, product, promotionBudget, currency;"
                      + " description, locale, settings if wanted",
              example =
                  "{\"key\":\"acme-llm-2026q1\",\"name\":\"Acme LLM\",\"company\":\"Acme\","
                      + "\"product\":\"Acme LLM\",\"promotionBudget\":60000,\"currency\":\"CNY\"}")
          String campaign,
      @Schema(
              description = "The CSV tables; survey.csv, channels.csv … by file name",
              type = "array",
              format = "binary")
          List<byte[]> files) {}

  /**
   * What became of the data.
   *
   * @param tables how each file was read
   */
  record Imported(List<ImportedTable> tables) {}

  record Message(
      @Schema(allowableValues = {"promotion-ended", "service-window-closed"}) String name) {}

  @Operation(
      summary = "Accept a campaign with its data and start it",
      description =
          "Everything is checked before anything is stored. 422 lists every finding: file, row,"
              + " column, found, expected. Group: gtm-lead.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                      schema = @Schema(implementation = Upload.class))))
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<CampaignView> create(
      @Parameter(hidden = true) MultipartHttpServletRequest request,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD);
    try (UploadedFiles files = new UploadedFiles(request)) {
      String json =
          files
              .campaignJson()
              .orElseThrow(
                  () -> new ApiException(HttpStatus.BAD_REQUEST, "missing-part", "campaign"));
      CampaignView created = campaigns.create(NewCampaign.parse(json), files.csv(), user);
      return ResponseEntity.created(URI.create("/api/campaigns/" + created.key())).body(created);
    }
  }

  @Operation(summary = "List campaigns, the newest first")
  @GetMapping
  Campaigns.Page list(
      @RequestParam(name = "page", defaultValue = "0") int page,
      @RequestParam(name = "size", defaultValue = "50") int size) {
    if (page < 0 || page > 10_000 || size < 1 || size > SIZE_MAX) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "bad-page", page, size, SIZE_MAX);
    }
    return campaigns.page(page, size);
  }

  @Operation(summary = "Where a campaign stands: step, cycle, open tasks, incidents, figures")
  @GetMapping("/{key}")
  CampaignView get(@PathVariable("key") String key) {
    return campaigns.require(key);
  }

  @Operation(summary = "The tables a campaign brought: rows, hash, time")
  @GetMapping("/{key}/data")
  List<DataImport> data(@PathVariable("key") String key) {
    service.require(key);
    return imports.imports(key);
  }

  @Operation(
      summary = "Replace tables of a running campaign",
      description = "All files are taken or none; tables not sent stay. Group: gtm-lead.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                      schema = @Schema(implementation = Upload.class))))
  @PutMapping(path = "/{key}/data", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Imported replaceData(
      @PathVariable("key") String key,
      @Parameter(hidden = true) MultipartHttpServletRequest request,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD);
    service.require(key);
    processes.requireRunning(key);
    try (UploadedFiles files = new UploadedFiles(request)) {
      if (files.csv().isEmpty()) {
        throw new ApiException(HttpStatus.BAD_REQUEST, "missing-part", "files");
      }
      return new Imported(imports.importAll(key, files.csv()));
    }
  }

  @Operation(
      summary = "Cancel a campaign",
      description =
          "What was promised is taken back, step by step, before the campaign ends. Group:"
              + " gtm-lead.")
  @PostMapping("/{key}/cancellation")
  ResponseEntity<CampaignView> cancel(
      @PathVariable("key") String key, @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD);
    service.require(key);
    processes.send(key, "campaign-cancelled");
    return ResponseEntity.accepted().body(campaigns.require(key));
  }

  @Operation(
      summary = "End promotion or service window ahead of their timers",
      description = "Group: gtm-lead. 409 when the campaign has ended or is not in that step.")
  @PostMapping(path = "/{key}/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<CampaignView> send(
      @PathVariable("key") String key,
      @org.springframework.web.bind.annotation.RequestBody Message message,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD);
    service.require(key);
    if (message.name() == null || !MESSAGES.contains(message.name())) {
      throw new ApiException(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "unknown-message",
          message.name(),
          String.join(", ", MESSAGES.stream().sorted().toList()));
    }
    processes.send(key, message.name());
    return ResponseEntity.accepted().body(campaigns.require(key));
  }
}
