package io.channelwise.research;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What the survey and the competitors' data say of a campaign's markets. Thread-safe. */
@Service
public class ResearchService {
  private final ResearchDataRepository data;

  ResearchService(ResearchDataRepository data) {
    this.data = data;
  }

  /** Markets with survey answers, in alphabetical order. */
  public List<String> markets(String campaignKey) {
    return data.markets(campaignKey);
  }

  /** Competitors of the market in its latest period, the largest share first. */
  public List<Competitor> competitors(String campaignKey, String market) {
    return data.latestCompetitors(campaignKey, market);
  }

  /** Need in the whole market; empty when nobody was asked there. */
  public Optional<Demand> demand(String campaignKey, String market) {
    return data.demand(campaignKey, market);
  }
}
