package io.channelwise.domain;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The domain's beans on the bean {@code domainDataSource}, whose connections have the schema {@code
 * channelwise} on their search path. The engine's data source is another one and never used here.
 */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
@ComponentScan({
  "io.channelwise.campaign",
  "io.channelwise.research",
  "io.channelwise.channel",
  "io.channelwise.deal",
  "io.channelwise.plan",
  "io.channelwise.promotion",
  "io.channelwise.replay",
  "io.channelwise.support",
  "io.channelwise.feedback",
  "io.channelwise.model"
})
public class DomainConfiguration {

  /** Qualifier of the transaction manager: {@code @Transactional(DOMAIN_TRANSACTIONS)}. */
  public static final String DOMAIN_TRANSACTIONS = "domainTransactionManager";

  @Bean
  JdbcClient domainJdbcClient(@Qualifier("domainDataSource") DataSource dataSource) {
    return JdbcClient.create(dataSource);
  }

  @Bean(DOMAIN_TRANSACTIONS)
  PlatformTransactionManager domainTransactionManager(
      @Qualifier("domainDataSource") DataSource dataSource) {
    return new DataSourceTransactionManager(dataSource);
  }

  @Bean
  TransactionTemplate domainTransactionTemplate(
      @Qualifier(DOMAIN_TRANSACTIONS) PlatformTransactionManager manager) {
    return new TransactionTemplate(manager);
  }

  @Bean
  Clock domainClock() {
    return Clock.systemUTC();
  }

  /** JSON of the domain's jsonb columns and model settings; not the web layer's. */
  @Bean(defaultCandidate = false)
  ObjectMapper domainJson() {
    return json();
  }

  /** The mapper of {@link #domainJson()}, for code without a context. */
  public static ObjectMapper json() {
    return new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}
