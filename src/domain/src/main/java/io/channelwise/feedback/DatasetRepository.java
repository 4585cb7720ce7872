package io.channelwise.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.feedback.DatasetRules.Placed;
import io.channelwise.probability.BehaviourTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of datasets and their examples. */
@Repository
class DatasetRepository {
  private static final String FIND =
      """
      select id, campaign_key, model_name, kind, labels, examples, sha256
        from dataset
       where id = :id
      """;

  private static final String EXAMPLES =
      """
      select text, pair, label
        from dataset_example
       where dataset_id = :id and split = :split
       order by position
      """;

  private static final String INSERT =
      """
      insert into dataset
        (id, campaign_key, model_name, cycle, kind, columns, labels, examples, sha256, dropped,
         created_at)
      values
        (:id, :campaignKey, :modelName, :cycle, :kind, cast(:columns as jsonb),
         cast(:labels as jsonb), :examples, :sha256, cast(:dropped as jsonb), :now)
      on conflict (campaign_key, model_name, sha256) do nothing
      """;

  private static final String FIND_CONTENT =
      """
      select id, campaign_key, model_name, kind, labels, examples, sha256
        from dataset
       where campaign_key = :campaignKey and model_name = :modelName and sha256 = :sha256
      """;

  private static final String INSERT_EXAMPLES =
      """
      insert into dataset_example (dataset_id, position, split, label, text, pair)
      select :id, (r.number - 1)::integer, r.split, r.label, r.text, r.pair
        from unnest(cast(:splits as text[]), cast(:labels as text[]), cast(:texts as text[]),
                    cast(:pairs as text[]))
             with ordinality as r (split, label, text, pair, number)
      """;

  /** Except, not a join: each text and label counts once, and no second text equals none. */
  private static final String NEW_EXAMPLES =
      """
      select count(*)
        from (select text, pair, label from dataset_example where dataset_id = :id
              except
              select text, pair, label from dataset_example where dataset_id = :before) as added
      """;

  private static final String INSERT_BEHAVIOUR =
      """
      insert into dataset_behaviour (dataset_id, position, split, cells, bought)
      select :id, (r.number - 1)::integer, r.split, cast(r.cells as jsonb), r.bought
        from unnest(cast(:splits as text[]), cast(:cells as text[]), cast(:bought as boolean[]))
             with ordinality as r (split, cells, bought, number)
      """;

  /** Two users may have done the same, so each counts. */
  private static final String NEW_BEHAVIOUR =
      """
      select count(*)
        from (select cells, bought from dataset_behaviour where dataset_id = :id
              except all
              select cells, bought from dataset_behaviour where dataset_id = :before) as added
      """;

  private static final String COLUMNS =
      """
      select columns
        from dataset
       where id = :id and kind = 'behaviour'
      """;

  private static final String BEHAVIOUR =
      """
      select cells, bought
        from dataset_behaviour
       where dataset_id = :id and split = :split
       order by position
      """;

  private static final String CLASSES =
      """
      select label, count(*) filter (where split = 'train') as train,
             count(*) filter (where split = 'eval') as eval
        from dataset_row
       where dataset_id = :id
       group by label
       order by label
      """;

  private static final String OF_CYCLE =
      """
      select id, campaign_key, model_name, kind, labels, examples, sha256
        from dataset
       where campaign_key = :campaignKey and cycle = :cycle
       order by model_name, created_at
      """;

  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  DatasetRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<Dataset> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query(this::dataset).optional();
  }

  List<Example> examples(UUID id, Split split) {
    return jdbc.sql(EXAMPLES)
        .param("id", id)
        .param("split", split.stored())
        .query(
            (rs, row) ->
                new Example(rs.getString("text"), rs.getString("pair"), rs.getString("label")))
        .list();
  }

  /** Examples of one class in each part. */
  record ClassCount(String label, int train, int eval) {}

  /** What is to be stored, whatever its examples are. */
  record Head(
      UUID id,
      String campaignKey,
      String modelName,
      int cycle,
      Dataset.Kind kind,
      List<String> labels,
      int examples,
      String sha256,
      Map<String, Integer> dropped) {}

  /** Stores texts; nothing happens when the same content is there already. */
  void insert(Head head, DatasetRules.Made made, Instant now) {
    if (insertHead(head, null, now)) {
      jdbc.sql(INSERT_EXAMPLES)
          .param("id", head.id())
          .param("splits", column(made, placed -> placed.split().stored()))
          .param("labels", column(made, Placed::label))
          .param("texts", column(made, Placed::text))
          .param("pairs", column(made, Placed::pair))
          .update();
    }
  }

  /** Stores behaviour; nothing happens when the same content is there already. */
  void insert(Head head, BehaviourRules.Made made, Instant now) {
    if (insertHead(head, made.columns(), now)) {
      jdbc.sql(INSERT_BEHAVIOUR)
          .param("id", head.id())
          .param("splits", made.rows().stream().map(r -> r.split().stored()).toArray(String[]::new))
          .param("cells", made.rows().stream().map(r -> text(r.cells())).toArray(String[]::new))
          .param("bought", made.rows().stream().map(r -> r.bought()).toArray(Boolean[]::new))
          .update();
    }
  }

  private boolean insertHead(Head head, List<String> columns, Instant now) {
    return jdbc.sql(INSERT)
            .param("id", head.id())
            .param("campaignKey", head.campaignKey())
            .param("modelName", head.modelName())
            .param("cycle", head.cycle())
            .param("kind", head.kind().stored())
            .param("columns", columns == null ? null : text(columns))
            .param("labels", text(head.labels()))
            .param("examples", head.examples())
            .param("sha256", head.sha256())
            .param("dropped", text(head.dropped()))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** The behaviour of one part; empty when the dataset is of another kind. */
  Optional<BehaviourTable> behaviour(UUID id, Split split) {
    List<List<String>> cells = new ArrayList<>();
    List<Boolean> bought = new ArrayList<>();
    return jdbc.sql(COLUMNS)
        .param("id", id)
        .query(String.class)
        .optional()
        .map(
            columns -> {
              jdbc.sql(BEHAVIOUR)
                  .param("id", id)
                  .param("split", split.stored())
                  .query(
                      rs -> {
                        cells.add(strings(rs.getString("cells")));
                        bought.add(rs.getBoolean("bought"));
                      });
              return BehaviourTable.of(strings(columns), cells, bought);
            });
  }

  Dataset require(String campaignKey, String modelName, String sha256) {
    return jdbc.sql(FIND_CONTENT)
        .param("campaignKey", campaignKey)
        .param("modelName", modelName)
        .param("sha256", sha256)
        .query(this::dataset)
        .single();
  }

  int newExamples(Dataset dataset, UUID before) {
    String sql =
        switch (dataset.kind()) {
          case TEXTS -> NEW_EXAMPLES;
          case BEHAVIOUR -> NEW_BEHAVIOUR;
        };
    return jdbc.sql(sql)
        .param("id", UUID.fromString(dataset.id()))
        .param("before", before)
        .query(Integer.class)
        .single();
  }

  List<ClassCount> classes(UUID id) {
    return jdbc.sql(CLASSES).param("id", id).query(ClassCount.class).list();
  }

  List<Dataset> ofCycle(String campaignKey, int cycle) {
    return jdbc.sql(OF_CYCLE)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(this::dataset)
        .list();
  }

  private static String[] column(DatasetRules.Made made, Function<Placed, String> value) {
    return made.examples().stream().map(value).toArray(String[]::new);
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list or map of strings is always JSON.", e);
    }
  }

  private Dataset dataset(ResultSet rs, int row) throws SQLException {
    return new Dataset(
        rs.getString("id"),
        rs.getString("campaign_key"),
        rs.getString("model_name"),
        Dataset.Kind.of(rs.getString("kind")),
        strings(rs.getString("labels")),
        rs.getInt("examples"),
        rs.getString("sha256"));
  }

  private List<String> strings(String value) {
    try {
      return json.readValue(value, STRINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A dataset's labels are not a JSON list of strings.", e);
    }
  }
}
