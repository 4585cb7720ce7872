package io.channelwise.bert.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BertConfigTest {
  private static final String SIZES =
      "'model_type':'bert','vocab_size':7,'hidden_size':4,'num_hidden_layers':2,"
          + "'num_attention_heads':2,'intermediate_size':8,'max_position_embeddings':6,"
          + "'type_vocab_size':2";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'model_type':'roberta' | model_type roberta; only bert is supported",
        "'architectures':['RobertaModel'] | architecture RobertaModel",
        "'hidden_act':'gelu_new' | hidden_act gelu_new; only gelu is supported",
        "'position_embedding_type':'relative_key' | position_embedding_type relative_key",
        "'is_decoder':true | is_decoder true",
        "'add_cross_attention':true | add_cross_attention true",
        "'quantization_config':{'bits':4} | quantization_config",
        "'pruned_heads':{'0':[1]} | pruned_heads",
        "'num_hidden_layers':2000000000 | num_hidden_layers 2000000000; the limit is 1000",
        "'num_attention_heads':3 | not a multiple of num_attention_heads 3",
        "'vocab_size':-1 | vocab_size -1; expected a whole number above 0",
        "'layer_norm_eps':'small' | layer_norm_eps \"small\"; expected a number above 0",
        "'layer_norm_eps':0 | layer_norm_eps 0; expected a number above 0 and below 1",
        "'layer_norm_eps':null | layer_norm_eps null; expected a number",
        "'layer_norm_eps':1e999 | layer_norm_eps",
        "'id2label':{'0':'a','2':'b'} | expected every number from 0 on once",
        "'id2label':{'0':'a','1':'a'} | each with a name of its own",
        "'channelwise':{'max_length':9} | max_length 9; expected 2 to max_position_embeddings, 6",
        "'channelwise':{'pooling':'max'} | Pooling max is unknown"
      })
  void shouldNameTheOption_whenItIsNotSupported(String option, String message) throws IOException {
    write(option);
    assertThatThrownBy(() -> BertConfig.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseAFileUnread_whenItIsTooLarge() throws IOException {
    // Holes: the files take no room on the disk.
    try (RandomAccessFile file =
            new RandomAccessFile(folder.resolve("config.json").toFile(), "rw");
        RandomAccessFile tokenizer =
            new RandomAccessFile(folder.resolve("tokenizer.json").toFile(), "rw")) {
      file.setLength(20L << 20);
      tokenizer.setLength(3L << 30);
    }
    assertThatThrownBy(() -> BertConfig.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("config.json has 20971520 bytes; the configuration of a BERT has at");
    assertThatThrownBy(() -> TokenizerFile.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("tokenizer.json has 3221225472 bytes; the tokenizer of a BERT has");
  }

  @Test
  void shouldListAllOptionsAtOnce_whenSeveralAreNotSupported() throws IOException {
    write("'hidden_act':'relu','is_decoder':true");
    assertThatThrownBy(() -> BertConfig.read(folder))
        .hasMessageContaining("has hidden_act relu; only gelu is supported; and is_decoder true");
  }

  @Test
  void shouldNameTheClassesAsHuggingFaceDoes_whenAClassifierSaysNone() throws IOException {
    write("'architectures':['BertForSequenceClassification']");
    assertThat(BertConfig.readClassifier(folder).labels()).containsExactly("LABEL_0", "LABEL_1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'architectures':['BertForQuestionAnswering'] | architecture BertForQuestionAnswering",
        "'problem_type':'regression' | problem_type regression"
      })
  void shouldTakeABaseButNoClassifier_whenTheHeadDoesSomethingElse(String option, String message)
      throws IOException {
    write("'id2label':{'0':'a','1':'b'}," + option);
    assertThat(BertConfig.read(folder).layers()).isEqualTo(2);
    assertThatThrownBy(() -> BertConfig.readClassifier(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'architectures':['BertForTokenClassification'] | TOKENS | NONE",
        "'architectures':['BertForSequenceClassification'] | SEQUENCE | CLS",
        "'problem_type':'multi_label_classification' | MULTI_LABEL | CLS",
        "'channelwise':{'task':'pair','pooling':'mean'} | PAIR | MEAN"
      })
  void shouldKnowTheTask_whenHuggingFaceOrWeSayIt(String option, Task task, Pooling pooling)
      throws IOException {
    write("'id2label':{'0':'a','1':'b'}," + option);
    BertConfig config = BertConfig.readClassifier(folder);
    assertThat(config.task()).isEqualTo(task);
    assertThat(config.pooling()).isEqualTo(pooling);
  }

  @Test
  void shouldRefuseAPooling_whenItDoesNotFitTheTask() throws IOException {
    write("'id2label':{'0':'a','1':'b'},'channelwise':{'task':'tokens','pooling':'mean'}");
    assertThatThrownBy(() -> BertConfig.readClassifier(folder))
        .hasMessageContaining("the task tokens with the pooling mean; expected none");
  }

  private void write(String option) throws IOException {
    // The option replaces a size of the same name: JSON parsers keep the last of two.
    Files.writeString(
        folder.resolve("config.json"), ("{" + SIZES + "," + option + "}").replace('\'', '"'));
  }
}
