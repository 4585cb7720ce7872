package io.channelwise.campaign;

import io.channelwise.campaign.Briefing.Source;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The inputs of one section of the report: numbered, named by marks behind the figures, listed once
 * with ids that can be read where no server is at hand.
 */
final class ReportInputs {
  private final List<Source> sources;
  private final String section;
  private final boolean chinese;

  /**
   * @param section anchor of the section
   */
  ReportInputs(Briefing briefing, String section, boolean chinese) {
    this.sources = briefing.allSources();
    this.section = section;
    this.chinese = chinese;
  }

  int size() {
    return sources.size();
  }

  /** Behind a figure; empty without inputs. */
  String mark(List<Source> inputs) {
    return inputs.isEmpty() ? "" : "<sup>" + numbers(inputs) + "</sup>";
  }

  /** Under a table or chart; empty without inputs. */
  String line(List<Source> inputs) {
    return inputs.isEmpty()
        ? ""
        : "<p class=\"from\">" + (chinese ? "数据来源：" : "Inputs: ") + numbers(inputs) + "</p>\n";
  }

  private String numbers(List<Source> inputs) {
    return inputs.stream()
        .distinct()
        .map(
            input -> {
              int number = sources.indexOf(input) + 1;
              return "<a href=\"#%s\" title=\"%s\">[%d]</a>"
                  .formatted(anchor(number), Html.escape(label(input)), number);
            })
        .collect(Collectors.joining());
  }

  /** All of them with their ids; empty without inputs. */
  String list() {
    if (sources.isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder("<h4>");
    list.append(chinese ? "数据来源" : "Inputs").append("</h4>\n<ol class=\"inputs\">\n");
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      list.append("<li id=\"").append(anchor(i + 1)).append("\">");
      if (source.href().startsWith("/")) {
        list.append("<a href=\"").append(Html.escape(source.href()));
        list.append("\" target=\"_blank\" rel=\"noopener\">");
        list.append(Html.escape(label(source))).append("</a>");
      } else {
        list.append(Html.escape(label(source)));
      }
      list.append(" · <code>").append(Html.escape(source.id())).append("</code></li>\n");
    }
    return list.append("</ol>\n").toString();
  }

  private String label(Source source) {
    return chinese ? source.label().zh() : source.label().en();
  }

  private String anchor(int number) {
    return section + "-input-" + number;
  }
}
