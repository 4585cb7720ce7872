package io.channelwise.processes;

import java.util.Map;

/** Base of the tests of single decision tables; a table is asked as a process asks it. */
abstract class DecisionTest extends ProcessTest {

  /** The one output of the table for these inputs; null when no rule matched. */
  protected Object ask(String decision, Map<String, Object> inputs) {
    return engine
        .getDecisionService()
        .evaluateDecisionTableByKey(decision, inputs)
        .getSingleEntry();
  }
}
