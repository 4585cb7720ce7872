package io.channelwise.server.web;

import io.channelwise.campaign.NumberText;
import io.channelwise.campaign.ReportService;
import io.channelwise.campaign.Text;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.deal.DealService;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.plan.PricingModel;
import io.channelwise.server.campaign.CampaignView;
import io.channelwise.server.campaign.Campaigns;
import io.channelwise.server.security.Account;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of one campaign: steps, decisions that wait, figures, deals, model versions. */
@Controller
@Hidden
class CampaignPage {
  private static final int VERSIONS_MAX = 10;
  private static final Set<String> SHARES =
      Set.of("opportunityScore", "largestShare", "satisfaction", "negativeShare", "demandShare");

  private final Campaigns campaigns;
  private final DealService deals;
  private final ModelRegistry models;
  private final ReportService reports;
  private final FigureLinks links;
  private final MessageSource messages;

  CampaignPage(
      Campaigns campaigns,
      DealService deals,
      ModelRegistry models,
      ReportService reports,
      FigureLinks links,
      MessageSource messages) {
    this.campaigns = campaigns;
    this.deals = deals;
    this.models = models;
    this.reports = reports;
    this.links = links;
    this.messages = messages;
  }

  /**
   * A value that a step handed to the campaign, ready to be shown.
   *
   * @param href to what it was taken from; null when there is none
   */
  record Figure(String label, String value, String href) {}

  @GetMapping("/campaigns/{key}")
  String campaign(
      @PathVariable("key") String key,
      @AuthenticationPrincipal Account account,
      Locale locale,
      HttpServletResponse response,
      Model model) {
    try {
      CampaignView campaign = campaigns.require(key);
      model.addAttribute("account", account);
      model.addAttribute("campaign", campaign);
      model.addAttribute("figures", figures(campaign, locale));
      model.addAttribute("deals", deals.list(key, Math.max(1, campaign.cycle())));
      model.addAttribute("versions", versions());
      model.addAttribute("hasReport", reports.latest(key).isPresent());
      return "campaign";
    } catch (UnknownCampaignException e) {
      response.setStatus(404);
      model.addAttribute("status", 404);
      model.addAttribute("code", "not-found");
      return "error";
    }
  }

  private List<ModelVersion> versions() {
    return models.models().stream()
        .flatMap(name -> models.versions(name).stream().limit(VERSIONS_MAX))
        .toList();
  }

  /** Those that have a label; the others steer the process and tell a reader nothing. */
  private List<Figure> figures(CampaignView campaign, Locale locale) {
    return campaign.figures().entrySet().stream()
        .map(
            e ->
                new Figure(
                    messages.getMessage("figure." + e.getKey(), null, null, locale),
                    shown(e.getKey(), e.getValue(), locale),
                    links.of(e.getKey(), campaign.key(), campaign.cycle())))
        .filter(f -> f.label() != null)
        .toList();
  }

  private static String shown(String name, Object value, Locale locale) {
    boolean chinese = Languages.isChinese(locale);
    Optional<Text> pricing =
        Stream.of(PricingModel.values())
            .filter(model -> name.equals("planPricingModel") && model.code().equals(value))
            .map(PricingModel::label)
            .findFirst();
    return pricing
        .map(label -> Languages.text(label, locale))
        .orElseGet(() -> NumberText.of(value, SHARES.contains(name) ? "%" : "", chinese));
  }
}
