package io.channelwise.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the automatic answer: the passage of the material that fits the question, quoted. */
final class AnswerText {
  private static final int QUOTE_MAX = 600;
  private static final Pattern SENTENCE = Pattern.compile("[^.!?。！？\\n]+(?:[.!?。！？]+|\\n|$)\\s*");

  private static final String ENGLISH =
      """
      Thank you for writing to us. This is what our guide "%s" says:

      %s

      If this does not solve it, reply to this message and a colleague will take over.""";

  private static final String CHINESE =
      """
      感谢您的来信。我们的资料《%s》中写道：

      %s

      如果仍未解决，请直接回复本消息，我们的同事会继续为您处理。""";

  private AnswerText() {}

  static String write(Ticket ticket, TrainingMaterial material) {
    String template = ticket.language().equals("zh") ? CHINESE : ENGLISH;
    return template.formatted(material.title(), quote(ticket.text(), material.body()));
  }

  /**
   * The body, or, when it has more than {@value #QUOTE_MAX} characters, consecutive sentences from
   * the one that shares most terms with the question on, up to that length.
   */
  static String quote(String question, String body) {
    if (body.length() <= QUOTE_MAX) {
      return body.strip();
    }
    List<String> sentences = sentences(body);
    Map<String, Long> wanted = MaterialSearch.counts(question);
    int best = 0;
    long mostShared = -1;
    for (int i = 0; i < sentences.size(); i++) {
      long shared =
          MaterialSearch.counts(sentences.get(i)).keySet().stream()
              .filter(wanted::containsKey)
              .count();
      if (shared > mostShared) {
        mostShared = shared;
        best = i;
      }
    }
    StringBuilder quote = new StringBuilder();
    for (int i = best; i < sentences.size(); i++) {
      if (quote.length() + sentences.get(i).length() > QUOTE_MAX) {
        break;
      }
      quote.append(sentences.get(i));
    }
    String passage = quote.isEmpty() ? cut(sentences.get(best)) : quote.toString();
    return (best > 0 ? "… " : "")
        + passage.strip()
        + (passage.length() < body.length() ? " …" : "");
  }

  private static String cut(String sentence) {
    // Never between the halves of a character outside the basic plane.
    int end = Character.isHighSurrogate(sentence.charAt(QUOTE_MAX - 1)) ? QUOTE_MAX - 1 : QUOTE_MAX;
    return sentence.substring(0, end);
  }

  private static List<String> sentences(String body) {
    List<String> sentences = new ArrayList<>();
    Matcher matcher = SENTENCE.matcher(body);
    while (matcher.find()) {
      sentences.add(matcher.group());
    }
    return sentences.isEmpty() ? List.of(body) : sentences;
  }
}
