package io.channelwise.bert;

/**
 * Which tokens of a word learn its tag where the tokenizer splits it. The answer for a word is
 * always that of its first token.
 */
public enum SubWords {
  /** The first token alone, as BERT's authors did (Devlin et al. 2019, section 5.3). */
  FIRST,
  /** Every token: those after the first learn {@code I-} where the word begins an entity. */
  ALL
}
