package io.channelwise.worker.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.BriefingService;
import io.channelwise.support.NewTicket;
import io.channelwise.support.SupportService;
import io.channelwise.support.TestDomain;
import io.channelwise.support.Ticket;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every worker runs twice: a task may be delivered again after its effect was committed. */
class SupportWorkersTest {
  private static final TaskContext TASK = new OneTask("ticket", "task-1");
  private static TestDomain domain;
  private static SupportService support;
  private static String key;

  @BeforeAll
  static void start() {
    domain =
        new TestDomain(
            ServiceOpenWorker.class,
            ServiceSummariseWorker.class,
            TicketAnswerWorker.class,
            TicketEscalateWorker.class,
            TicketCloseWorker.class);
    support = domain.bean(SupportService.class);
    key = "acme";
    domain.campaign(key, "en");
    domain.load("support", key, List.of(Map.of("support_channel", "mail")));
    domain.load(
        "training-material",
        key,
        List.of(
            Map.of(
                "material", "invoice", "title", "Your invoice", "body", "It is under Billing.")));
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private static Ticket open(String text) {
    return support.open(new NewTicket(key, text, "mail", null, null));
  }

  @Test
  void shouldOpenAndSummariseAWindow_twice() {
    var open = domain.bean(ServiceOpenWorker.class);
    var summarise = domain.bean(ServiceSummariseWorker.class);

    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(open.handle(new ServiceOpenWorker.Input(key, 9), TASK))
          .isEqualTo(new ServiceOpenWorker.Output(1));
    }
    open("Where is my invoice?");
    var first = summarise.handle(new ServiceSummariseWorker.Input(key, 9), TASK);
    domain.advance(Duration.ofHours(1));
    open("One more");
    assertThat(summarise.handle(new ServiceSummariseWorker.Input(key, 9), TASK)).isEqualTo(first);
    assertThat(first.satisfaction()).isEqualTo(0.5);
  }

  @Test
  void shouldAnswerFromMaterial_orLeaveItToAnAgentWithABriefing() {
    var worker = domain.bean(TicketAnswerWorker.class);
    Ticket fits = open("I cannot find my invoice");
    Ticket other = open("Tell me a joke");

    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(worker.handle(new TicketAnswerWorker.Input(fits.id()), TASK).answered()).isTrue();
      assertThat(worker.handle(new TicketAnswerWorker.Input(other.id()), TASK).answered())
          .isFalse();
    }
    assertThat(support.require(fits.id()).answer()).contains("It is under Billing.");
    assertThat(domain.bean(BriefingService.class).find("ticket/" + other.id())).isPresent();
  }

  @Test
  void shouldEscalateAndClose_once() {
    var escalate = domain.bean(TicketEscalateWorker.class);
    var close = domain.bean(TicketCloseWorker.class);
    Ticket ticket = open("Tell me a joke");

    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(escalate.handle(new TicketEscalateWorker.Input(ticket.id()), TASK))
          .isEqualTo(Contract.None.NONE);
    }
    close.handle(new TicketCloseWorker.Input(ticket.id(), "Knock, knock.", "fun", null), TASK);
    Ticket closed = support.require(ticket.id());
    domain.advance(Duration.ofMinutes(1));
    close.handle(new TicketCloseWorker.Input(ticket.id(), "Other answer", null, null), TASK);

    assertThat(support.require(ticket.id())).isEqualTo(closed);
    assertThat(closed.priority()).isEqualTo("urgent");
    assertThat(closed.correctedIntent()).isEqualTo("fun");
  }

  @Test
  void shouldFailForGood_whenTheTicketIsUnknown() {
    String id = UUID.randomUUID().toString();

    assertThatThrownBy(
            () ->
                domain
                    .bean(TicketAnswerWorker.class)
                    .handle(new TicketAnswerWorker.Input(id), TASK))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Ticket %s does not exist".formatted(id));
    assertThatThrownBy(
            () ->
                domain
                    .bean(TicketCloseWorker.class)
                    .handle(new TicketCloseWorker.Input(open("x").id(), null, null, "angry"), TASK))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("sentiment is angry");
  }
}
