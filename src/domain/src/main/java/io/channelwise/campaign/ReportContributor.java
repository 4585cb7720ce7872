package io.channelwise.campaign;

import java.util.Optional;

/** A domain's part of the campaign report; every bean of this type adds one section. */
public interface ReportContributor {

  /** Place in the report: 10 research, 20 channel, 30 deal, 40 plan, 50 promotion, 60 support … */
  int order();

  /** The section of one cycle, or empty when the step has not run in it. */
  Optional<Briefing> section(String campaignKey, int cycle);
}
