package io.channelwise.bert.internal.reading;

import io.channelwise.bert.internal.report.Entities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tags in IOB2, whatever scheme they came in. The entities stay the same: they are read as
 * conlleval reads them, so scores do not change.
 */
final class TagScheme {

  /**
   * What became of the tags.
   *
   * @param tags in IOB2: each entity begins with B- and goes on with I-
   * @param remark what was changed, for people
   */
  record Converted(List<List<String>> tags, Optional<String> remark) {}

  private TagScheme() {}

  static Converted toIob2(List<List<String>> sentences) {
    List<List<String>> result = new ArrayList<>();
    int changed = 0;
    boolean marksEnds = false;
    boolean beginsWithB = false;
    for (List<String> tags : sentences) {
      List<String> plain = tags.stream().map(TagScheme::plain).toList();
      List<String> converted = convert(plain);
      result.add(converted);
      for (int i = 0; i < tags.size(); i++) {
        String tag = tags.get(i);
        changed += tag.equals(converted.get(i)) ? 0 : 1;
        marksEnds |= "ESLU".indexOf(tag.charAt(0)) >= 0;
        // IOB1 writes B- only between two entities of a kind that touch.
        beginsWithB |= tag.startsWith("B-") && (i == 0 || !sameKind(tags.get(i - 1), tag));
      }
    }
    return new Converted(result, remark(changed, marksEnds, beginsWithB));
  }

  private static Optional<String> remark(int changed, boolean marksEnds, boolean beginsWithB) {
    if (changed == 0) {
      return Optional.empty();
    }
    if (marksEnds) {
      return Optional.of("the tags are IOBES and were converted to IOB2.");
    }
    if (!beginsWithB) {
      return Optional.of("the tags are IOB1 and were converted to IOB2.");
    }
    return Optional.of(
        "%d tags I-KIND follow no word of the kind, which IOB2 does not allow; they were read as B-KIND."
            .formatted(changed));
  }

  /** BILOU's letters as those of IOBES. */
  private static String plain(String tag) {
    return switch (tag.charAt(0)) {
      case 'L' -> "E" + tag.substring(1);
      case 'U' -> "S" + tag.substring(1);
      default -> tag;
    };
  }

  private static List<String> convert(List<String> tags) {
    List<String> result = new ArrayList<>(Collections.nCopies(tags.size(), "O"));
    for (Entities.Entity entity : Entities.of(tags)) {
      result.set(entity.first(), "B-" + entity.kind());
      for (int i = entity.first() + 1; i <= entity.last(); i++) {
        result.set(i, "I-" + entity.kind());
      }
    }
    return result;
  }

  private static boolean sameKind(String before, String tag) {
    return before.length() > 2 && before.substring(2).equals(tag.substring(2));
  }
}
