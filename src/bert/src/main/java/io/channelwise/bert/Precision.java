package io.channelwise.bert;

/** Number format of a model's arithmetic while it is trained. */
public enum Precision {
  /** 32 bits throughout. */
  FP32("fp32"),
  /** Matrix products in bfloat16; weights, optimiser and sums stay 32 bits. */
  BF16("bf16");

  private final String key;

  Precision(String key) {
    this.key = key;
  }

  /** The name on the command line. */
  public String key() {
    return key;
  }
}
