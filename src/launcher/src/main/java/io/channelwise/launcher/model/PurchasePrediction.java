package io.channelwise.launcher.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.probability.ProbabilityException;
import io.channelwise.probability.PurchaseFolder;
import io.channelwise.probability.PurchaseModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How likely the rows of a CSV end in a purchase, by a stored model; one JSON line each. */
final class PurchasePrediction {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PurchasePrediction() {}

  /**
   * @throws BertException when the model or the file cannot be used
   */
  static void print(Path folder, Path data, PrintWriter out) {
    try {
      PurchaseModel model = PurchaseFolder.read(folder).model();
      List<Map<String, String>> rows = BehaviourTable.rows(data);
      double[] probabilities = model.probabilities(rows);
      for (int i = 0; i < probabilities.length; i++) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("row", i + 1);
        line.put("probability", probabilities[i]);
        out.println(JSON.writeValueAsString(line));
      }
    } catch (InvalidDataException | ProbabilityException e) {
      throw new BertException(e.getMessage());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A number is always JSON", e);
    }
  }
}
