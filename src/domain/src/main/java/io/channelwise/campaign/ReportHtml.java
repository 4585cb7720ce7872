package io.channelwise.campaign;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.ReportContent.Cycle;
import io.channelwise.campaign.ReportContent.Section;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one HTML document that needs nothing else and prints well. Not thread-safe. */
final class ReportHtml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

  /** Longer texts need room, or a row becomes a tower of words. */
  private static final int WIDE_CHARS = 24;

  private static final Map<String, Text> OUTCOMES =
      Map.of(
          "completed", new Text("completed", "已完成"),
          "running", new Text("running", "进行中"),
          "not-viable", new Text("not viable", "不可行"),
          "no-feasible-plan", new Text("no feasible plan", "没有可行方案"),
          "cancelled", new Text("cancelled", "已取消"),
          "data-invalid", new Text("data invalid", "数据无效"));

  private static final String CSS =
      """
      :root { --ink: #1d2733; --soft: #5b6875; --line: #dfe5ea; --back: #f5f7f9; --accent: #0b6e8a; }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--back); color: var(--ink); line-height: 1.5;
             font-family: "Inter", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
                          "Noto Sans", sans-serif; }
      main { max-width: 1000px; margin: 0 auto; padding: 32px 24px 64px; }
      header { border-bottom: 3px solid var(--accent); padding-bottom: 16px; margin-bottom: 24px; }
      h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; }
      h2 { font-size: 22px; margin: 40px 0 12px; }
      h3 { font-size: 19px; margin: 0 0 6px; color: var(--accent); }
      h4 { font-size: 14px; margin: 22px 0 6px; color: var(--soft); }
      p { margin: 0 0 12px; }
      .facts { color: var(--soft); }
      .outcome { display: inline-block; padding: 1px 10px; border-radius: 10px; color: #fff;
                 background: var(--accent); font-size: 14px; }
      nav ol { padding-left: 20px; margin: 0; }
      nav h2 { font-size: 16px; margin: 0 0 6px; }
      a { color: var(--accent); }
      a:focus-visible, summary:focus-visible { outline: 3px solid #e08e0b; outline-offset: 2px; }
      summary { cursor: pointer; color: var(--accent); font-weight: 600; padding: 4px 0; }
      section, nav { background: #fff; border: 1px solid var(--line); border-radius: 10px;
                padding: 20px 24px; margin: 0 0 20px; }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 10px;
           margin: 14px 0; }
      dl div { background: var(--back); border-radius: 8px; padding: 10px 12px; }
      dt { font-size: 13px; color: var(--soft); }
      dd { margin: 2px 0 0; font-size: 18px; font-weight: 600; overflow-wrap: anywhere; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
      th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid var(--line);
               vertical-align: top; }
      th { color: var(--soft); font-weight: 600; white-space: normal; }
      td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
      @media screen { td.wide { min-width: 15em; } }
      tbody tr:nth-child(even) { background: #fafbfc; }
      svg { width: 100%; height: auto; display: block; }
      svg text { font-size: 12px; fill: var(--soft); font-family: inherit; }
      sup { font-size: 11px; font-weight: 400; line-height: 0; margin-left: 2px; }
      sup a, .from a { text-decoration: none; }
      .from { font-size: 12px; color: var(--soft); margin: 4px 0 0; }
      .inputs { font-size: 12.5px; color: var(--soft); padding-left: 28px; margin: 4px 0 0; }
      .inputs li { margin: 2px 0; overflow-wrap: anywhere; }
      .inputs li:target { background: #fff4de; }
      code { font-size: 12px; overflow-wrap: anywhere; }
      .back { font-size: 13px; margin: 12px 0 0; }
      footer { color: var(--soft); font-size: 13px; }
      @media print {
        body { background: #fff; font-size: 11pt; }
        main { max-width: none; padding: 0; }
        section, nav { border: none; padding: 0; }
        section, figure, tr { break-inside: avoid; }
        section.long { break-inside: auto; }
        h2, h3, h4 { break-after: avoid; }
        .scroll { overflow: visible; }
        /* What is folded on the screen is printed whole. */
        details::details-content { content-visibility: visible; block-size: auto; display: block; }
        summary, .back { display: none; }
      }
      figure { margin: 8px 0; }
      """;

  private final ReportContent content;
  private final boolean chinese;
  private final StringBuilder html = new StringBuilder(1 << 15);

  /** Of the section at hand. */
  private ReportInputs inputs;

  ReportHtml(ReportContent content, boolean chinese) {
    this.content = content;
    this.chinese = chinese;
  }

  String page() {
    String title = content.campaign().name();
    html.append("<!DOCTYPE html>\n<html lang=\"")
        .append(chinese ? "zh" : "en")
        .append("\">\n<head>");
    html.append("<meta charset=\"utf-8\">");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.append("<title>").append(Html.escape(title)).append("</title>\n<style>\n").append(CSS);
    html.append("</style></head>\n<body><main>\n");
    head();
    contents();
    for (Cycle cycle : content.cycles()) {
      cycle(cycle);
    }
    data();
    foot();
    return html.append("</main></body>\n</html>\n").toString();
  }

  private String pick(String en, String zh) {
    return chinese ? zh : en;
  }

  private String text(Text text) {
    return Html.escape(chinese ? text.zh() : text.en());
  }

  private void head() {
    Campaign campaign = content.campaign();
    html.append("<header><h1>").append(Html.escape(campaign.name())).append("</h1>\n<p>");
    html.append(Html.escape(campaign.product())).append(" · ");
    html.append(Html.escape(campaign.company())).append("</p>\n<p class=\"facts\">");
    html.append(Html.escape(campaign.key())).append(" · ");
    html.append(pick("cycle ", "第 ")).append(content.cycle()).append(pick("", " 轮")).append(" · ");
    html.append(pick("promotion budget ", "推广预算 "));
    html.append(
        Html.escape(NumberText.of(campaign.promotionBudget(), campaign.currency(), chinese)));
    html.append(" · ").append(TIME.format(content.writtenAt().atOffset(ZoneOffset.UTC)));
    html.append(" <span class=\"outcome\">");
    html.append(
        text(
            OUTCOMES.getOrDefault(
                content.outcome(), new Text(content.outcome(), content.outcome()))));
    html.append("</span></p>\n");
    if (!campaign.description().isEmpty()) {
      html.append("<p>").append(Html.escape(campaign.description())).append("</p>\n");
    }
    html.append("</header>\n");
  }

  private void contents() {
    html.append("<nav id=\"contents\" aria-labelledby=\"contents-title\">");
    html.append("<h2 id=\"contents-title\">")
        .append(pick("Contents", "目录"))
        .append("</h2>\n<ol>\n");
    for (Cycle cycle : content.cycles()) {
      for (Section section : cycle.sections()) {
        html.append("<li><a href=\"#").append(anchor(cycle, section)).append("\">");
        html.append(text(section.briefing().title()));
        if (content.cycles().size() > 1) {
          html.append(pick(" (cycle ", "（第 ")).append(cycle.cycle()).append(pick(")", " 轮）"));
        }
        html.append("</a></li>\n");
      }
    }
    html.append("<li><a href=\"#data\">").append(pick("Data", "数据")).append("</a></li>\n");
    html.append("</ol></nav>\n");
  }

  private static String anchor(Cycle cycle, Section section) {
    return "c" + cycle.cycle() + "-" + section.order();
  }

  private void cycle(Cycle cycle) {
    html.append("<h2>").append(pick("Cycle ", "第 ")).append(cycle.cycle());
    html.append(pick("", " 轮")).append("</h2>\n");
    if (cycle.sections().isEmpty()) {
      html.append("<section><p>");
      html.append(pick("No step has a result in this cycle.", "本轮尚无任何步骤的结果。"));
      html.append("</p></section>\n");
    }
    cycle.sections().forEach(section -> section(cycle, section));
  }

  private void section(Cycle cycle, Section section) {
    Briefing briefing = section.briefing();
    inputs = new ReportInputs(briefing, anchor(cycle, section), chinese);
    html.append("<section class=\"long\" id=\"").append(anchor(cycle, section)).append("\">\n<h3>");
    html.append(text(briefing.title())).append("</h3>\n<p>");
    html.append(text(briefing.summary())).append("</p>\n");
    figures(briefing);
    html.append("<details><summary>").append(folded(briefing)).append("</summary>\n");
    for (Chart chart : briefing.charts()) {
      chart(chart);
      html.append(inputs.line(briefing.sourcesOf(chart)));
    }
    for (Table table : briefing.tables()) {
      if (!table.rows().isEmpty()) {
        table(table);
        html.append(inputs.line(briefing.sourcesOf(table)));
      }
    }
    html.append(inputs.list()).append("</details>\n<p class=\"back\"><a href=\"#contents\">");
    html.append(pick("Back to the contents", "回到目录")).append("</a></p></section>\n");
  }

  private String folded(Briefing briefing) {
    long tables = briefing.tables().stream().filter(t -> !t.rows().isEmpty()).count();
    return pick(
        "Charts (%d), tables (%d) and inputs (%d)"
            .formatted(briefing.charts().size(), tables, inputs.size()),
        "图表（%d）、表格（%d）与数据来源（%d）".formatted(briefing.charts().size(), tables, inputs.size()));
  }

  private void figures(Briefing briefing) {
    if (briefing.figures().isEmpty()) {
      return;
    }
    html.append("<dl>");
    for (Figure figure : briefing.figures()) {
      html.append("<div data-figure=\"").append(Html.escape(figure.id())).append("\"><dt>");
      html.append(text(figure.label())).append("</dt><dd>");
      html.append(Html.escape(NumberText.of(figure.value(), figure.unit(), chinese)));
      html.append(inputs.mark(briefing.sourcesOf(figure))).append("</dd></div>\n");
    }
    html.append("</dl>\n");
  }

  private void chart(Chart chart) {
    html.append("<figure><h4>").append(text(chart.title())).append("</h4>\n");
    html.append(new ChartSvg(chart, chinese).svg()).append("</figure>\n");
  }

  private void table(Table table) {
    html.append("<h4>").append(text(table.title())).append("</h4>\n<div class=\"scroll\"><table>");
    html.append("<thead><tr>");
    for (int c = 0; c < table.columns().size(); c++) {
      html.append(isNumeric(table, c) ? "<th class=\"number\">" : "<th>");
      html.append(text(table.columns().get(c))).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>");
    for (List<Object> row : table.rows()) {
      html.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        String shown = NumberText.of(row.get(c), "", chinese);
        html.append(
            isNumeric(table, c)
                ? "<td class=\"number\">"
                : shown.length() > WIDE_CHARS ? "<td class=\"wide\">" : "<td>");
        html.append(Html.escape(shown)).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private static boolean isNumeric(Table table, int column) {
    return table.rows().stream()
            .anyMatch(row -> column < row.size() && row.get(column) instanceof Number)
        && table.rows().stream()
            .allMatch(
                row ->
                    column >= row.size()
                        || row.get(column) == null
                        || row.get(column) instanceof Number);
  }

  private void data() {
    html.append("<h2 id=\"data\">").append(pick("Data", "数据")).append("</h2>\n<section><p>");
    html.append(
        pick(
            "The figures above were made from these files and from what was recorded since; an input names its file by the table and the begin of its SHA-256.",
            "以上数字由下列文件及其后的记录得出；数据来源以表名和 SHA-256 开头标识文件。"));
    html.append("</p>\n<div class=\"scroll\"><table><thead><tr><th>");
    html.append(pick("Table", "表")).append("</th><th class=\"number\">");
    html.append(pick("Rows", "行数")).append("</th><th>SHA-256</th><th>");
    html.append(pick("Imported", "导入时间")).append("</th></tr></thead>\n<tbody>");
    for (DataImport data : content.data()) {
      html.append("<tr><td>")
          .append(Html.escape(data.table()))
          .append("</td><td class=\"number\">");
      html.append(NumberText.plain(data.rows())).append("</td><td><code>");
      html.append(data.sha256()).append("</code></td><td>");
      html.append(TIME.format(data.importedAt().atOffset(ZoneOffset.UTC))).append("</td></tr>\n");
    }
    html.append("</tbody></table></div></section>\n");
  }

  private void foot() {
    html.append("<footer>");
    html.append(
        pick(
            "Written by Channelwise. Each formula and its source stands in the documentation.",
            "由 Channelwise 生成。各公式及其来源见文档。"));
    html.append("</footer>\n");
  }
}
