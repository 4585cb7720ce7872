package io.channelwise.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of datasets and their examples. */
@Repository
class DatasetRepository {
  private static final String FIND =
      """
      select id, model_name, labels, examples, sha256
        from dataset
       where id = :id
      """;

  private static final String EXAMPLES =
      """
      select text, label
        from dataset_example
       where dataset_id = :id and split = :split
       order by position
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
        .query((rs, row) -> new Example(rs.getString("text"), rs.getString("label")))
        .list();
  }

  private Dataset dataset(ResultSet rs, int row) throws SQLException {
    return new Dataset(
        rs.getString("id"),
        rs.getString("model_name"),
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
