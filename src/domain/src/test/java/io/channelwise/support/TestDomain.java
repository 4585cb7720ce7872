package io.channelwise.support;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The domain's beans on a fresh database, with a clock that tests set. */
public final class TestDomain implements AutoCloseable {
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final SetClock clock = new SetClock();

  public TestDomain(Class<?>... more) {
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.registerBean("setClock", Clock.class, () -> clock, bean -> bean.setPrimary(true));
    context.register(DomainConfiguration.class);
    for (Class<?> configuration : more) {
      context.register(configuration);
    }
    context.refresh();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public void campaign(String key, String locale) {
    bean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"Acme","company":"Acme Ltd","product":"Acme LLM",
                 "description":"Answers questions about contracts.",
                 "locale":"%s","promotionBudget":10000,"currency":"CNY"}
                """
                    .formatted(key, locale)));
  }

  /** Loads rows into one of the CSV tables as the import does, all or nothing. */
  public long load(String table, String campaignKey, List<Map<String, Object>> rows) {
    TableLoader loader =
        context.getBeansOfType(TableLoader.class).values().stream()
            .filter(l -> l.spec().name().equals(table))
            .findFirst()
            .orElseThrow();
    List<Row> checked =
        IntStream.range(0, rows.size())
            .mapToObj(i -> new Row(i + 2L, new HashMap<>(rows.get(i))))
            .toList();
    Long stored =
        bean(TransactionTemplate.class)
            .execute(status -> loader.load(campaignKey, checked.iterator()));
    return stored == null ? 0 : stored;
  }

  public Instant now() {
    return clock.instant();
  }

  public void advance(Duration duration) {
    clock.now.updateAndGet(now -> now.plus(duration));
  }

  @Override
  public void close() {
    context.close();
  }

  private static final class SetClock extends Clock {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-03-01T08:00:00Z"));

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}
