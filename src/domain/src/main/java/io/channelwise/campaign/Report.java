package io.channelwise.campaign;

import java.time.Instant;

/**
 * The report of a campaign up to a cycle.
 *
 * @param id UUID, the same for every writing of the same campaign and cycle
 * @param outcome how the campaign stood when the report was written, e.g. {@code completed}
 * @param htmlEn a whole HTML document without outside parts
 * @param htmlZh the same in Chinese
 */
public record Report(
    String id,
    String campaignKey,
    int cycle,
    String outcome,
    String htmlEn,
    String htmlZh,
    ReportContent content,
    Instant createdAt,
    Instant updatedAt) {

  /** The document in Chinese for {@code zh}, else in English. */
  public String html(String locale) {
    return locale.startsWith("zh") ? htmlZh : htmlEn;
  }
}
