package io.channelwise.bert;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.task.TagAnswers;
import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.Words;
import io.channelwise.bert.training.FineTuner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A loaded model that tags the words of sentences. Safe for many threads; calls are answered one
 * after another.
 */
public final class Tagger implements AutoCloseable {
  private final LoadedModel model;
  private final TagAnswers answers;

  private Tagger(LoadedModel model) {
    this.model = model;
    this.answers = new TagAnswers(model.config().labels());
  }

  /**
   * Loads a directory written by {@link FineTuner}, or another {@code BertForTokenClassification},
   * on the GPU if there is one.
   *
   * @throws ModelFormatException when the model cannot be read or tags no words
   */
  public static Tagger load(Path modelDir) {
    return load(modelDir, "auto", 0);
  }

  /**
   * Loads a directory onto a device.
   *
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param threads of the CPU kernels of the whole process; 0 leaves them as they are
   * @throws ModelFormatException when the model cannot be read or tags no words
   */
  public static Tagger load(Path modelDir, String device, int threads) {
    return load(modelDir, device, threads, Backend.DJL);
  }

  /**
   * As {@link #load(Path, String, int)}, with another backend than PyTorch.
   *
   * @throws ModelFormatException when the model cannot be read or tags no words
   * @throws BertException when the backend cannot be had on this machine or device
   */
  public static Tagger load(Path modelDir, String device, int threads, Backend backend) {
    BertConfig config = BertConfig.readClassifier(modelDir);
    if (config.task() != Task.TOKENS) {
      throw new ModelFormatException(
          "Model " + modelDir + " classifies texts and tags no words; load it as a Classifier.");
    }
    return new Tagger(LoadedModel.load(modelDir, config, device, threads, backend));
  }

  /**
   * The words of a text: split at blanks, Chinese characters and signs one by one, signs at the
   * ends of other words apart.
   */
  public static List<String> words(String text) {
    return Words.of(text);
  }

  /** Tags in the order of the model's outputs. */
  public List<String> labels() {
    return model.config().labels();
  }

  /** Tokens of a window, markers included; longer sentences are read in several. */
  public int maxLength() {
    return model.config().maxLength();
  }

  /** How many of these sentences are longer than {@link #maxLength()}. */
  public int countLong(List<List<String>> sentences) {
    return model.inputs(sentences).longExamples();
  }

  /**
   * Tags sentences, in the same order. The tags of a sentence are the likeliest that are valid
   * IOB2; every word gets one, however long the sentence.
   *
   * @param sentences words, at least one each
   */
  public List<TaggedSentence> tag(List<List<String>> sentences) {
    return tag(sentences, AnswerListener.NONE);
  }

  /** As {@link #tag(List)}, telling how far it is. */
  public List<TaggedSentence> tag(List<List<String>> sentences, AnswerListener listener) {
    Inputs inputs = model.inputs(sentences);
    int[] words = sentences.stream().mapToInt(List::size).toArray();
    List<TagAnswers.Sentence> tagged = answers.of(inputs, words, model.logits(inputs, listener));
    List<TaggedSentence> result = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      TagAnswers.Sentence sentence = tagged.get(i);
      result.add(new TaggedSentence(sentences.get(i), sentence.tags(), sentence.scores()));
    }
    return result;
  }

  @Override
  public void close() {
    model.close();
  }
}
