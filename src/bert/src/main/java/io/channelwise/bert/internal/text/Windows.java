package io.channelwise.bert.internal.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Sentences of words as inputs. One that is too long is read in windows that overlap; each word
 * counts in the one window where it has more context on both sides, so none is lost or counted
 * twice.
 */
final class Windows {
  /** A window shares this part of its tokens with the next. */
  private static final int OVERLAP_PART = 4;

  private final int opening;
  private final int closing;
  private final int budget;

  /**
   * Windows of a length.
   *
   * @param opening id of the marker at the start
   * @param closing id of the marker at the end
   * @param maxLength tokens of a window, markers included
   */
  Windows(int opening, int closing, int maxLength) {
    this.opening = opening;
    this.closing = closing;
    this.budget = maxLength - 2;
  }

  /** Words from {@code from} to before {@code to}; those from {@code ownedFrom} on count here. */
  private record Span(int from, int to, int ownedFrom) {}

  /**
   * The inputs of one sentence, at least one.
   *
   * @param pieces token ids of each word; a word may have none, and one beyond a window is cut
   */
  List<TokenIds> of(List<int[]> pieces) {
    List<Span> spans = spans(pieces);
    List<TokenIds> result = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      int ownedTo = i + 1 < spans.size() ? spans.get(i + 1).ownedFrom() : pieces.size();
      result.add(input(pieces, spans.get(i), ownedTo));
    }
    return result;
  }

  private List<Span> spans(List<int[]> pieces) {
    List<Span> spans = new ArrayList<>();
    int from = 0;
    int ownedFrom = 0;
    while (true) {
      int to = from;
      for (int used = 0; to < pieces.size() && used + size(pieces, to) <= budget; to++) {
        used += size(pieces, to);
      }
      spans.add(new Span(from, to, ownedFrom));
      if (to == pieces.size()) {
        return spans;
      }
      int next = to;
      int shared = 0;
      while (next - 1 > from && shared + size(pieces, next - 1) <= budget / OVERLAP_PART) {
        next--;
        shared += size(pieces, next);
      }
      // The next window must bring a new word.
      while (next < to && shared + size(pieces, to) > budget) {
        shared -= size(pieces, next);
        next++;
      }
      from = next;
      ownedFrom = Math.max(ownedFrom, next + (to - next) / 2);
    }
  }

  private int size(List<int[]> pieces, int word) {
    return Math.min(budget, pieces.get(word).length);
  }

  private TokenIds input(List<int[]> pieces, Span span, int ownedTo) {
    int tokens = 2;
    for (int word = span.from(); word < span.to(); word++) {
      tokens += size(pieces, word);
    }
    int[] ids = new int[tokens];
    int[] words = new int[tokens];
    ids[0] = opening;
    int[] read = new int[tokens];
    words[0] = TokenIds.NO_WORD;
    read[0] = TokenIds.NO_WORD;
    int at = 1;
    for (int word = span.from(); word < span.to(); word++) {
      boolean owned = word >= span.ownedFrom() && word < ownedTo;
      for (int piece = 0; piece < size(pieces, word); piece++, at++) {
        ids[at] = pieces.get(word)[piece];
        words[at] = owned ? word : TokenIds.NO_WORD;
        read[at] = word;
      }
    }
    ids[at] = closing;
    words[at] = TokenIds.NO_WORD;
    read[at] = TokenIds.NO_WORD;
    return new TokenIds(ids, tokens, words, read);
  }
}
