package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule and edge of {@code budget-approval}. */
class BudgetApprovalTest extends DecisionTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, auto",
    "20000, 0.6, auto",
    "20000, 0.61, finance",
    "20000.01, 0.6, finance",
    "60000, 1, finance",
    "100, 1, finance",
  })
  void shouldAskFinance_whenTheBudgetIsLargeOrConcentrated(
      double allocatedBudget, double largestShare, String approval) {
    assertThat(
            ask(
                "budget-approval",
                vars("allocatedBudget", allocatedBudget, "largestShare", largestShare)))
        .isEqualTo(approval);
  }
}
