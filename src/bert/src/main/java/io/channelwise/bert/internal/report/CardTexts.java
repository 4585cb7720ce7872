package io.channelwise.bert.internal.report;

import io.channelwise.bert.Task;

/** The sentences of a model card that depend on the task. */
final class CardTexts {
  static final String NOT_EVALUATED =
      "Not looked at yet: `evaluate --update-card` writes scores by length, language and column here.";

  private static final String LOAD_ENCODER =
      """
      import torch
      from safetensors.torch import load_file
      from transformers import AutoTokenizer, BertModel

      tokenizer = AutoTokenizer.from_pretrained(DIR)
      encoder = BertModel.from_pretrained(DIR, add_pooling_layer=False).eval()
      weights = load_file(DIR + "/model.safetensors")
      batch = tokenizer(%s, padding=True, truncation=True, max_length=%d, return_tensors="pt")
      with torch.no_grad():
          states = encoder(**batch).last_hidden_state
      mask = batch["attention_mask"].unsqueeze(-1)
      pooled = (states * mask).sum(1) / mask.sum(1)
      logits = pooled @ weights["classifier.weight"].T + weights["classifier.bias"]
      """;

  private static final String LOAD_CLASSIFIER =
      """
      import torch
      from transformers import AutoModelForSequenceClassification, AutoTokenizer

      tokenizer = AutoTokenizer.from_pretrained(DIR)
      model = AutoModelForSequenceClassification.from_pretrained(DIR).eval()
      batch = tokenizer(%s, padding=True, truncation=True, max_length=%d, return_tensors="pt")
      with torch.no_grad():
          logits = model(**batch).logits
      """;

  private static final String LOAD_TAGGER =
      """
      import torch
      from transformers import AutoModelForTokenClassification, AutoTokenizer

      tokenizer = AutoTokenizer.from_pretrained(DIR)
      model = AutoModelForTokenClassification.from_pretrained(DIR).eval()
      batch = tokenizer(WORDS, is_split_into_words=True, truncation=True, max_length=%d, return_tensors="pt")
      with torch.no_grad():
          logits = model(**batch).logits[0]
      first = {}
      for token, word in enumerate(batch.word_ids()):
          if word is not None:
              first.setdefault(word, token)
      tags = [model.config.id2label[int(logits[token].argmax())] for token in first.values()]
      """;

  private CardTexts() {}

  static String title(Task task) {
    return switch (task) {
      case SEQUENCE -> "Text classifier";
      case PAIR -> "Classifier of pairs of texts";
      case MULTI_LABEL -> "Text classifier with several labels";
      case TOKENS -> "Tagger of words";
    };
  }

  /** What an example is called, in the plural. */
  static String examples(Task task) {
    return switch (task) {
      case SEQUENCE, MULTI_LABEL -> "texts";
      case PAIR -> "pairs";
      case TOKENS -> "sentences";
    };
  }

  /** Takes the labels and the base. */
  static String purpose(Task task) {
    String does =
        switch (task) {
          case SEQUENCE -> "gives each text one of the labels";
          case PAIR -> "reads two texts together and gives them one of the labels";
          case MULTI_LABEL -> "gives each text any number of the labels";
          case TOKENS -> "gives each word of a sentence one of the tags";
        };
    return """
        A BERT fine-tuned by Channelwise that %s: %%s.

        Intended for texts like those it was trained on (see Data), from the base `%%s`, with a person
        or a rule behind it where a wrong answer costs something.
        """
        .formatted(does);
  }

  static String uncalibrated(Task task) {
    return task == Task.TOKENS
        ? "Probabilities of tags are as the model states them; a temperature is not offered for this task."
        : "Not calibrated: probabilities are as the model states them. `calibrate --model DIR --data FILE` fits a temperature on texts that the model was neither trained nor chosen on, and says so here.";
  }

  /** How to load it. */
  static String use(Task task, String pooling, int maxLength) {
    boolean pair = task == Task.PAIR;
    String inputs = pair ? "FIRSTS, SECONDS" : "TEXTS";
    boolean mean = pooling.equals("mean");
    String code =
        task == Task.TOKENS
            ? LOAD_TAGGER.formatted(maxLength)
            : (mean ? LOAD_ENCODER : LOAD_CLASSIFIER).formatted(inputs, maxLength);
    String answer =
        switch (task) {
          case SEQUENCE, PAIR -> "probabilities = logits.softmax(-1)\n";
          case MULTI_LABEL -> "probabilities = logits.sigmoid()  # labels from 0.5 on\n";
          case TOKENS -> "";
        };
    String command =
        pair
            ? "--data FILE --text-column A --pair-column B"
            : task == Task.TOKENS ? "--data FILE" : "--text \"...\"";
    String note =
        task != Task.TOKENS && mean
            ? " The head takes the mean of the token states (`channelwise.pooling` in config.json), which no class of transformers does by itself."
            : "";
    return "`./channelwise predict --model DIR "
        + command
        + "`, or with Hugging Face transformers."
        + note
        + "\n\n```python\n"
        + code
        + answer
        + "```\n";
  }

  /** Takes the longest input. */
  static String limits(Task task) {
    return switch (task) {
      case SEQUENCE, PAIR ->
          "It knows only the classes above and answers with one of them for any text, also for one that fits none: a reject threshold (`calibrate --precision`) sends unsure answers to a person. Texts longer than %d tokens are cut. Judge it on texts of your own before people depend on it.\n";
      case MULTI_LABEL ->
          "It knows only the labels above and may give none. Each label is decided by itself. Texts longer than %d tokens are cut. Judge it on texts of your own before people depend on it.\n";
      case TOKENS ->
          "It knows only the kinds of entity above and expects a sentence cut into words as in the training data. Sentences longer than %d tokens are read in overlapping parts. Judge it on texts of your own before people depend on it.\n";
    };
  }
}
