package io.channelwise.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.domain.DomainConfiguration;
import java.util.List;

/**
 * The JSON of a campaign to be created, as it came; {@link CampaignService#create} checks it.
 *
 * <p>Fields: {@code key, name, company, product, promotionBudget, currency} are required; {@code
 * description, locale, settings} are not.
 */
public record NewCampaign(JsonNode json) {

  /** File name that findings about the JSON carry. */
  public static final String FILE = "campaign.json";

  /**
   * Reads the text of {@code campaign.json}.
   *
   * @throws InvalidDataException when the text is not a JSON object
   */
  public static NewCampaign parse(String text) {
    JsonNode json;
    try {
      json = DomainConfiguration.json().readTree(text);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw notAnObject(line, e.getOriginalMessage());
    }
    if (json == null || !json.isObject()) {
      throw notAnObject(0, json == null || json.isMissingNode() ? "" : json.toString());
    }
    return new NewCampaign(json);
  }

  private static InvalidDataException notAnObject(long line, String found) {
    return new InvalidDataException(
        List.of(Findings.finding(FILE, line, "", found, new Text("a JSON object", "一个 JSON 对象"))),
        0);
  }
}
