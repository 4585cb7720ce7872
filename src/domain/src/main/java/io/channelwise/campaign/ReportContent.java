package io.channelwise.campaign;

import java.time.Instant;
import java.util.List;

/**
 * What a report says, for machines.
 *
 * @param cycles the newest first
 * @param data the tables the figures come from
 */
public record ReportContent(
    Campaign campaign,
    int cycle,
    String outcome,
    Instant writtenAt,
    List<Cycle> cycles,
    List<DataImport> data) {

  public ReportContent {
    cycles = List.copyOf(cycles);
    data = List.copyOf(data);
  }

  /**
   * @param sections in the order of the six steps
   */
  public record Cycle(int cycle, List<Section> sections) {

    public Cycle {
      sections = List.copyOf(sections);
    }
  }

  /**
   * @param order 10 research, 20 channel, 30 deal, 40 plan, 50 promotion, 60 support …
   */
  public record Section(int order, Briefing briefing) {}
}
