package io.channelwise.server.campaign;

import io.channelwise.campaign.RowPage;
import io.channelwise.campaign.RowService;
import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The imported rows behind a figure. */
@RestController
@Tag(name = "Campaigns")
class RowController {
  private static final Set<String> OWN = Set.of("page", "size", "sha256");

  private final RowService rows;

  RowController(RowService rows) {
    this.rows = rows;
  }

  @Operation(
      summary = "Rows of one of the eleven tables a campaign brought",
      description =
          "Any column that holds names, kinds or dates can be asked for by value, e.g."
              + " ?market=retail&segment=shops; values of several columns must all hold. The answer"
              + " names the file they were imported from (rows, SHA-256, time). Give the sha256 of a"
              + " figure's source, or its beginning, and superseded says whether the file was"
              + " replaced since. Pages count from 0. 404 for a table or page there is not, 400 for a"
              + " column or value that cannot be.")
  @GetMapping(
      path = "/api/campaigns/{key}/data/{table}",
      produces = MediaType.APPLICATION_JSON_VALUE)
  RowPage rows(
      @PathVariable("key") String key,
      @PathVariable("table") String table,
      @Parameter(description = "From 0") @RequestParam(name = "page", defaultValue = "0") int page,
      @Parameter(description = "Rows a page, 1 to 500")
          @RequestParam(name = "size", defaultValue = "100")
          int size,
      @Parameter(description = "Of the file that is expected, or its beginning")
          @RequestParam(name = "sha256", required = false)
          String sha256,
      @Parameter(description = "Wanted value by column", example = "{\"market\": \"retail\"}")
          @RequestParam
          MultiValueMap<String, String> parameters) {
    return rows.rows(key, table, where(parameters), sha256, page, size);
  }

  private static Map<String, String> where(MultiValueMap<String, String> parameters) {
    Map<String, String> where = new TreeMap<>();
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      if (OWN.contains(parameter.getKey())) {
        continue;
      }
      if (parameter.getValue().size() > 1) {
        throw new ApiException(
            HttpStatus.BAD_REQUEST,
            "given-twice",
            parameter.getKey(),
            String.join(", ", parameter.getValue()));
      }
      where.put(parameter.getKey(), parameter.getValue().get(0));
    }
    return where;
  }
}
