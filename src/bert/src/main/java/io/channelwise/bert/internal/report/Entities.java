package io.channelwise.bert.internal.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds entities in the tags of a sentence by the rules of conlleval (Tjong Kim Sang and Buchholz
 * 2000), which seqeval's default mode follows (<a
 * href="https://github.com/chakki-works/seqeval">chakki-works/seqeval</a>): an {@code I-} without a
 * {@code B-} before it begins an entity, and so does a change of kind. IOB1, IOB2, IOE and IOBES
 * are read.
 */
public final class Entities {
  private static final String OUTSIDE = "O";

  /**
   * A run of words.
   *
   * @param kind what comes after the first hyphen of the tag, {@code _} where there is none
   * @param first index of its first word
   * @param last index of its last word
   */
  public record Entity(String kind, int first, int last) {}

  private Entities() {}

  /** The entities of one sentence, in order. */
  public static List<Entity> of(List<String> tags) {
    List<Entity> found = new ArrayList<>();
    char before = 'O';
    String kindBefore = "";
    int first = 0;
    for (int i = 0; i <= tags.size(); i++) {
      String tag = i < tags.size() ? tags.get(i) : OUTSIDE;
      char mark = tag.isEmpty() ? 'O' : tag.charAt(0);
      String kind = kind(tag);
      if (ends(before, mark, kindBefore, kind)) {
        found.add(new Entity(kindBefore, first, i - 1));
      }
      if (begins(before, mark, kindBefore, kind)) {
        first = i;
      }
      before = mark;
      kindBefore = kind;
    }
    return found;
  }

  private static String kind(String tag) {
    String rest = tag.isEmpty() ? "" : tag.substring(1);
    rest = rest.substring(rest.indexOf('-') + 1);
    return rest.isEmpty() ? "_" : rest;
  }

  /** Whether an entity ends before the word with this mark. */
  private static boolean ends(char before, char mark, String kindBefore, String kind) {
    boolean closed = before == 'E' || before == 'S';
    boolean open = before == 'B' || before == 'I';
    boolean anew = mark == 'B' || mark == 'S' || mark == 'O';
    return closed || open && anew || inside(before) && !kindBefore.equals(kind);
  }

  /** Whether an entity begins at the word with this mark. */
  private static boolean begins(char before, char mark, String kindBefore, String kind) {
    boolean opens = mark == 'B' || mark == 'S';
    boolean closedBefore = before == 'E' || before == 'S' || before == 'O';
    boolean continues = mark == 'I' || mark == 'E';
    return opens || closedBefore && continues || inside(mark) && !kindBefore.equals(kind);
  }

  private static boolean inside(char mark) {
    return mark != 'O' && mark != '.';
  }
}
