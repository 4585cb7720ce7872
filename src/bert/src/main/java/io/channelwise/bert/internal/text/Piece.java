package io.channelwise.bert.internal.text;

/**
 * A token and the part of the text that it stands for.
 *
 * @param id of the token
 * @param word number of the word, as the tokenizer cuts them, from 0
 * @param start index of its first character, in {@link String#charAt} units
 * @param end index behind its last
 */
public record Piece(int id, int word, int start, int end) {}
