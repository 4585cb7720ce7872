package io.channelwise.bert.internal.explain;

import io.channelwise.bert.evaluation.Explanation;
import io.channelwise.bert.evaluation.Explanation.Word;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows explanations on a page that needs no script, no font and no network. */
public final class ExplanationPage {
  private static final int WORDS_LISTED = 8;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Why this answer? 为什么这样判断？</title>
      <style>
      body { font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
        color: #1c1f24; background: #f4f5f7; margin: 0; }
      main { max-width: 54rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
      h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
      .lead { color: #4a515c; margin: 0 0 1.25rem; }
      .legend { display: flex; align-items: center; gap: .75rem; font-size: .875rem; margin: 0 0 1.5rem; flex-wrap: wrap; }
      .scale { width: 12rem; height: .875rem; border-radius: .25rem; border: 1px solid #d5d9e0;
        background: linear-gradient(90deg, rgb(217,95,2), #fff 50%, rgb(27,110,194)); }
      article { background: #fff; border: 1px solid #dfe2e7; border-radius: .5rem; padding: 1.25rem 1.5rem; margin: 0 0 1.25rem; }
      .answer { display: flex; gap: .5rem 1.5rem; flex-wrap: wrap; align-items: baseline; margin: 0 0 .75rem; }
      .name { color: #4a515c; font-size: .875rem; }
      .label { font-weight: 600; overflow-wrap: anywhere; }
      .text { font-size: 1.125rem; line-height: 2; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      .text mark { color: inherit; border-radius: .2rem; padding: .15em .06em; }
      .text .unread { color: #868d98; text-decoration: line-through; }
      .text .about { outline: 2px solid #1c1f24; }
      table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0; }
      th { text-align: left; font-weight: 600; color: #4a515c; }
      th, td { padding: .15rem 1rem .15rem 0; vertical-align: middle; }
      td.number { text-align: right; font-variant-numeric: tabular-nums; }
      .bar { display: inline-block; height: .7rem; border-radius: .15rem; }
      .check { color: #4a515c; font-size: .8125rem; margin: .75rem 0 0; }
      .warn { color: #a33a00; font-weight: 600; }
      </style>
      </head>
      <body>
      <main>
      <h1>Why this answer? <span lang="zh">为什么这样判断？</span></h1>
      <p class="lead">Each word is coloured by its part in the answer, measured by integrated gradients against an empty text.
      <span lang="zh">每个词按其对结果的贡献着色；贡献由积分梯度法相对于空白文本计算。</span></p>
      <p class="legend"><span>speaks against <span lang="zh">反对</span></span><span class="scale"></span><span>speaks for <span lang="zh">支持</span></span>
      <span><s>struck out</s>: cut, not read <span lang="zh">删除线：超长，未读取</span></span></p>
      """;

  private ExplanationPage() {}

  /** The page of some explanations, in their order. */
  public static String of(List<Explanation> explanations) {
    StringBuilder page = new StringBuilder(HEAD);
    explanations.forEach(explanation -> article(page, explanation));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void article(StringBuilder page, Explanation explanation) {
    double strongest =
        explanation.words().stream().mapToDouble(w -> Math.abs(w.share())).max().orElse(0);
    page.append("<article>\n");
    page.append(
        "<p class=\"answer\"><span><span class=\"name\">Answer <span lang=\"zh\">结果</span></span> ");
    page.append("<span class=\"label\">")
        .append(escape(explanation.label()))
        .append("</span></span>");
    add(
        page,
        "<span><span class=\"name\">Probability <span lang=\"zh\">概率</span></span> %.1f %%</span></p>\n",
        100 * explanation.score());
    if (explanation.about() >= 0) {
      sentence(page, explanation, strongest);
    } else {
      for (int input = 0; input < explanation.inputs().size(); input++) {
        text(page, explanation, input, strongest);
      }
    }
    table(page, explanation, strongest);
    check(page, explanation);
    page.append("</article>\n");
  }

  /** A text with its words marked; what is between them stays as it is. */
  private static void text(
      StringBuilder page, Explanation explanation, int input, double strongest) {
    String text = explanation.inputs().get(input);
    page.append("<p class=\"text\">");
    int at = 0;
    for (Word word : explanation.words()) {
      if (word.input() == input && word.start() >= at) {
        page.append(escape(text.substring(at, word.start())));
        mark(page, explanation, word, strongest);
        at = word.end();
      }
    }
    String rest = text.substring(at);
    if (rest.isBlank()) {
      page.append(escape(rest));
    } else {
      page.append("<span class=\"unread\">").append(escape(rest)).append("</span>");
    }
    page.append("</p>\n");
  }

  /** A sentence that came word by word; the explained one is framed. */
  private static void sentence(StringBuilder page, Explanation explanation, double strongest) {
    Map<Integer, Word> read = new HashMap<>();
    explanation.words().forEach(word -> read.put(word.input(), word));
    page.append("<p class=\"text\">");
    for (int i = 0; i < explanation.inputs().size(); i++) {
      page.append(i == explanation.about() ? "<span class=\"about\">" : "<span>");
      if (read.containsKey(i)) {
        mark(page, explanation, read.get(i), strongest);
      } else {
        page.append("<span class=\"unread\">").append(escape(explanation.inputs().get(i)));
        page.append("</span>");
      }
      page.append("</span> ");
    }
    page.append("</p>\n");
  }

  private static void mark(
      StringBuilder page, Explanation explanation, Word word, double strongest) {
    add(
        page,
        "<mark style=\"background:%s\" title=\"%+.3f\">",
        colour(word.share(), strongest),
        word.share());
    page.append(escape(explanation.text(word))).append("</mark>");
  }

  /** Blue for the label, orange against it; told apart by people who see no red or green too. */
  private static String colour(double share, double strongest) {
    double opacity = strongest == 0 ? 0 : 0.75 * Math.abs(share) / strongest;
    return String.format(
        Locale.ROOT, "rgba(%s,%.2f)", share < 0 ? "217,95,2" : "27,110,194", opacity);
  }

  private static void table(StringBuilder page, Explanation explanation, double strongest) {
    List<Word> listed =
        explanation.words().stream()
            .sorted(Comparator.comparingDouble((Word w) -> -Math.abs(w.share())))
            .limit(WORDS_LISTED)
            .toList();
    page.append(
        "<table><thead><tr><th>Strongest words <span lang=\"zh\">贡献最大的词</span></th><th>Logit <span lang=\"zh\">对数几率</span></th><th></th></tr></thead><tbody>\n");
    for (Word word : listed) {
      double length = strongest == 0 ? 0 : 8 * Math.abs(word.share()) / strongest;
      add(
          page,
          "<tr><td>%s</td><td class=\"number\">%+.3f</td><td><span class=\"bar\" style=\"width:%.2frem;background:%s\"></span></td></tr>\n",
          escape(explanation.text(word)),
          word.share(),
          length,
          word.share() < 0 ? "rgb(217,95,2)" : "rgb(27,110,194)");
    }
    page.append("</tbody></table>\n");
  }

  private static void check(StringBuilder page, Explanation explanation) {
    add(
        page,
        "<p class=\"check\">All words together move the logit by %+.4f, an exact integral by %+.4f; gap %+.5f with %d points. <span lang=\"zh\">各词贡献合计 %+.4f，精确值 %+.4f，误差 %+.5f（%d 个积分点）。</span>",
        explanation.change() + explanation.gap(),
        explanation.change(),
        explanation.gap(),
        explanation.points(),
        explanation.change() + explanation.gap(),
        explanation.change(),
        explanation.gap(),
        explanation.points());
    if (!explanation.complete()) {
      page.append(
          " <span class=\"warn\">The gap is over the tolerance: read the colours with care. <span lang=\"zh\">误差超过允许范围，请谨慎解读。</span></span>");
    }
    page.append("</p>\n");
  }

  private static void add(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values));
  }

  private static String escape(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\p{Cntrl}&&[^\n\t]]", " ");
  }
}
