package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPromotion;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class DispatchServiceTest {
  private static TestDomain domain;
  private static TestPromotion given;
  private static PromotionService promotions;
  private static DispatchService dispatches;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    given = new TestPromotion(domain);
    promotions = domain.bean(PromotionService.class);
    dispatches = domain.bean(DispatchService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  @Test
  void shouldSpendOnce_whenTwoSendAtOnce() throws Exception {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      Callable<Integer> worker =
          () -> {
            int sent = 0;
            for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
              var claim = dispatches.claim(planned.message().id());
              if (claim.isPresent()) {
                dispatches.sent(key, 1, planned.message(), claim.get(), "outbox");
                sent++;
              }
            }
            return sent;
          };
      int sent = 0;
      for (Future<Integer> result :
          pool.invokeAll(
              List.of(worker, worker, worker, worker, worker, worker), 60, TimeUnit.SECONDS)) {
        sent += result.get();
      }
      assertThat(sent).isEqualTo(3);
    } finally {
      pool.shutdownNow();
    }
    // Half of 600 and of 400, though alpha got two materials.
    assertThat(dispatches.totals(key, 1))
        .isEqualTo(new DispatchService.Totals(3, new BigDecimal("500.00")));
  }

  @Test
  void shouldTakeAMessageOver_whenItsSenderDied() {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    PromotionMessage message = dispatches.plan(key, 1).get(0).message();
    UUID dead = dispatches.claim(message.id()).orElseThrow();

    assertThat(dispatches.claim(message.id())).isEmpty();
    domain.advance(DispatchService.CLAIM_DURATION.plusSeconds(1));
    UUID second = dispatches.claim(message.id()).orElseThrow();
    dispatches.sent(key, 1, message, dead, "outbox");
    assertThat(dispatches.totals(key, 1).dispatched()).isZero();
    dispatches.sent(key, 1, message, second, "outbox");
    dispatches.sent(key, 1, message, second, "outbox");

    assertThat(dispatches.totals(key, 1).dispatched()).isEqualTo(1);
    assertThat(dispatches.totals(key, 1).spent()).isEqualByComparingTo(message.released());
  }

  @Test
  void shouldLeaveARejectedChannelOut_andKeepWhatWasSpent() {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
      UUID claim = dispatches.claim(planned.message().id()).orElseThrow();
      if (planned.message().channel().equals("beta")) {
        dispatches.rejected(planned.message().id(), claim, "no such mailbox");
      } else {
        dispatches.sent(key, 1, planned.message(), claim, "smtp");
      }
    }
    assertThat(dispatches.plan(key, 1))
        .filteredOn(p -> p.state() == DispatchService.State.REJECTED)
        .singleElement()
        .satisfies(p -> assertThat(p.reason()).isEqualTo("no such mailbox"));

    Allocated again = promotions.allocate(key, 1, 1000, List.of("beta"));
    assertThat(again.allocatedBudget()).isEqualTo(1000);
    assertThat(dispatches.plan(key, 1))
        .allMatch(p -> p.state() == DispatchService.State.SENT)
        .hasSize(2);
    assertThat(dispatches.totals(key, 1).spent()).isEqualByComparingTo("300.00");
    // Taken in again by a person, its message is tried again.
    promotions.allocate(key, 1, 1000, null);
    assertThat(dispatches.plan(key, 1))
        .filteredOn(p -> p.message().channel().equals("beta"))
        .allMatch(p -> p.state() == DispatchService.State.PENDING);
    assertThatThrownBy(() -> promotions.allocate(key, 1, 299, null))
        .hasMessageContaining("cannot be 299.00: 300.00 are spent already");
  }

  @Test
  void shouldHoldTheBudget_whateverTheProgramDoes() {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 10, null);
    SpendRepository spends = domain.bean(SpendRepository.class);

    assertThatThrownBy(
            () -> spends.spend(key, 1, "alpha", 5, new BigDecimal("10.01"), domain.now()))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("promotion_never_over_budget");
    assertThatThrownBy(() -> dispatches.plan(key, 2))
        .isInstanceOf(PromotionException.class)
        .hasMessageContaining("no budget was shared out");
  }
}
