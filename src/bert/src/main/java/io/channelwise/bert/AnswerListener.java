package io.channelwise.bert;

/** Follows a model that answers many inputs. Called on the thread that asks: return quickly. */
public interface AnswerListener {

  /** Hears nothing. */
  AnswerListener NONE = (done, total) -> {};

  /**
   * Some more were answered.
   *
   * @param done how many by now; a long sentence, which is read in parts, counts once a part
   * @param total how many there are
   */
  void onAnswered(int done, int total);
}
