package io.channelwise.server.web;

import io.channelwise.server.campaign.Campaigns;
import io.channelwise.server.security.Account;
import io.channelwise.server.settings.ServerSettings;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The start page: every campaign with its step, open tasks and incidents. */
@Controller
@Hidden
class HomePage {
  private static final int SIZE = 20;
  private static final int PAGE_MAX = 1000;

  private static final String EXAMPLE =
      """
      curl -u USER:PASSWORD %s/api/campaigns \\
        -F campaign=@campaign.json \\
        -F files=@survey.csv -F files=@competitors.csv -F files=@channels.csv
      """;

  private final Campaigns campaigns;
  private final ServerSettings settings;

  HomePage(Campaigns campaigns, ServerSettings settings) {
    this.campaigns = campaigns;
    this.settings = settings;
  }

  @GetMapping("/")
  String home(
      @RequestParam(name = "page", defaultValue = "0") int page,
      @AuthenticationPrincipal Account account,
      Model model) {
    model.addAttribute("account", account);
    model.addAttribute("page", campaigns.page(Math.max(0, Math.min(page, PAGE_MAX)), SIZE));
    model.addAttribute("example", EXAMPLE.formatted(settings.baseUrl()).strip());
    return "home";
  }
}
