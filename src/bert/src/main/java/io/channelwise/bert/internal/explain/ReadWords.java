package io.channelwise.bert.internal.explain;

import io.channelwise.bert.evaluation.Explanation.Word;
import io.channelwise.bert.internal.text.Piece;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Joins the shares of sub-words to those of words. */
public final class ReadWords {

  private ReadWords() {}

  /**
   * The words of texts.
   *
   * @param inputs one or two texts
   * @param ids as the model read them, perhaps cut at the end of each text
   * @param pieces gives the tokens of a text
   * @param shares (T)
   */
  public static List<Word> ofTexts(
      List<String> inputs, TokenIds ids, Function<String, List<Piece>> pieces, double[] shares) {
    List<Word> words = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      int from = input == 0 ? 1 : ids.secondFrom();
      // Each text ends with a marker.
      int to = (input == 0 ? ids.secondFrom() : ids.length()) - 1;
      List<Piece> tokens = pieces.apply(inputs.get(input));
      for (int i = from; i < to; i++) {
        Piece piece = tokens.get(i - from);
        if (piece.id() != ids.ids()[i]) {
          throw new IllegalStateException(
              "Token %d is %d, but %d was found in its place in the text."
                  .formatted(i, ids.ids()[i], piece.id()));
        }
        boolean goesOn = i > from && piece.word() == tokens.get(i - from - 1).word();
        add(words, goesOn, new Word(input, piece.start(), piece.end(), shares[i]));
      }
    }
    return words;
  }

  /**
   * The words of a sentence that came word by word: all that the window holds, for all of them had
   * their part in the answer.
   *
   * @param ids know the word of each token
   */
  public static List<Word> ofSentence(List<String> inputs, TokenIds ids, double[] shares) {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < ids.length(); i++) {
      int word = ids.read()[i];
      if (word >= 0) {
        boolean goesOn = i > 0 && ids.read()[i - 1] == word;
        add(words, goesOn, new Word(word, 0, inputs.get(word).length(), shares[i]));
      }
    }
    return words;
  }

  private static void add(List<Word> words, boolean goesOn, Word part) {
    if (!goesOn) {
      words.add(part);
      return;
    }
    Word word = words.remove(words.size() - 1);
    words.add(
        new Word(
            word.input(),
            word.start(),
            Math.max(word.end(), part.end()),
            word.share() + part.share()));
  }
}
