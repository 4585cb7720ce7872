package io.channelwise.worker.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.variable.ClientValues;
import org.camunda.bpm.client.variable.value.JsonValue;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/** Turns process variables into a contract's input record, and an output record into variables. */
final class Variables {
  /** What the engine keeps of a string variable (ACT_RU_VARIABLE.TEXT_). */
  static final int STRING_CHARS_MAX = 4_000;

  private static final Set<Class<?>> SCALARS =
      Set.of(
          String.class,
          Integer.class,
          int.class,
          Long.class,
          long.class,
          Double.class,
          double.class,
          Boolean.class,
          boolean.class);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Variables() {}

  /** Names of the record's components: the variables to fetch. */
  static String[] names(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .toArray(String[]::new);
  }

  /**
   * The input record.
   *
   * @throws PermanentFailure naming every missing or wrong variable at once
   */
  static <I extends Record> I read(Contract<I, ?> contract, ExternalTask task) {
    RecordComponent[] components = contract.input().getRecordComponents();
    Object[] values = new Object[components.length];
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      try {
        values[i] = value(components[i], task.getVariableTyped(components[i].getName(), false));
      } catch (WrongVariable e) {
        wrong.add(e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new PermanentFailure(
          "Topic %s got %d wrong input variable(s): %s. Correct the variables or the task's input mapping, then retry."
              .formatted(contract.topic(), wrong.size(), String.join("; ", wrong)));
    }
    return construct(contract, components, values);
  }

  private static <I extends Record> I construct(
      Contract<I, ?> contract, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = contract.input().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new PermanentFailure(
          "Topic %s refused its input: %s. Correct the variables, then retry."
              .formatted(contract.topic(), e.getCause().getMessage()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new PermanentFailure(
          "Topic %s: its input record %s cannot be made."
              .formatted(contract.topic(), contract.input().getName()),
          e);
    }
  }

  /**
   * Local variables of the external task, one a component.
   *
   * @throws PermanentFailure naming every value the engine could not keep
   */
  static Map<String, Object> write(Contract<?, ?> contract, Record output) {
    Map<String, Object> variables = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (RecordComponent component : contract.output().getRecordComponents()) {
      Object value = get(component, output);
      if (value == null && !component.isAnnotationPresent(Nullable.class)) {
        wrong.add(component.getName() + " is null");
      }
      try {
        variables.put(component.getName(), typed(component.getName(), value));
      } catch (WrongVariable e) {
        wrong.add(e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new PermanentFailure(
          "Topic %s returned %d value(s) the engine cannot take: %s. The work is done; correct the worker, then retry."
              .formatted(contract.topic(), wrong.size(), String.join("; ", wrong)));
    }
    return variables;
  }

  /** The same conversion for the variables of a business error. */
  static Map<String, Object> write(Map<String, Object> values) {
    Map<String, Object> variables = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          try {
            variables.put(name, typed(name, value));
          } catch (WrongVariable e) {
            throw new PermanentFailure("A business error carries a wrong variable: " + e, e);
          }
        });
    return variables;
  }

  private static Object get(RecordComponent component, Record output) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(output);
    } catch (ReflectiveOperationException e) {
      throw new PermanentFailure("Could not read " + component + " of the worker's output.", e);
    }
  }

  private static Object typed(String name, Object value) throws WrongVariable {
    if (value == null) {
      return ClientValues.untypedNullValue();
    }
    if (value instanceof String text) {
      if (text.length() > STRING_CHARS_MAX) {
        throw new WrongVariable(
            "%s has %d characters, at most %d fit; store the text and pass its id"
                .formatted(name, text.length(), STRING_CHARS_MAX));
      }
      return ClientValues.stringValue(text);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new WrongVariable(name + " is " + number + ", a finite number is needed");
    }
    if (SCALARS.contains(value.getClass())) {
      return value;
    }
    try {
      return ClientValues.jsonValue(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new WrongVariable(name + " cannot be written as JSON: " + e.getOriginalMessage());
    }
  }

  private static Object value(RecordComponent component, TypedValue found) throws WrongVariable {
    String name = component.getName();
    Object raw = raw(name, found);
    if (raw == null) {
      if (component.isAnnotationPresent(Nullable.class) && !component.getType().isPrimitive()) {
        return null;
      }
      throw new WrongVariable(
          "%s is %s, expected %s"
              .formatted(
                  name,
                  found == null ? "missing" : "null",
                  component.getGenericType().getTypeName().replace("java.lang.", "")));
    }
    Class<?> type = component.getType();
    if (!SCALARS.contains(type)) {
      return json(component, raw);
    }
    Object converted = raw instanceof Json ? null : scalar(type, raw);
    if (converted == null) {
      throw new WrongVariable(
          "%s is %s (%s), expected %s"
              .formatted(name, shown(raw), raw.getClass().getSimpleName(), type.getSimpleName()));
    }
    return converted;
  }

  /** A scalar, a {@link Json}, or null. */
  private static Object raw(String name, TypedValue found) throws WrongVariable {
    if (found instanceof ObjectValue object) {
      String format = object.getSerializationDataFormat();
      if (object.getValueSerialized() == null) {
        return null;
      }
      if (format == null || !format.contains("json")) {
        throw new WrongVariable(
            "%s is a Java object stored as %s, expected JSON".formatted(name, format));
      }
      return new Json(object.getValueSerialized());
    }
    if (found instanceof JsonValue json) {
      String text = json.getValue();
      return text == null || text.equals("null") ? null : new Json(text);
    }
    return found == null ? null : found.getValue();
  }

  private static Object json(RecordComponent component, Object raw) throws WrongVariable {
    JavaType type = JSON.constructType(component.getGenericType());
    try {
      Object value =
          raw instanceof Json json
              ? JSON.readValue(json.text(), type)
              : raw instanceof String text && looksLikeJson(text)
                  ? JSON.readValue(text, type)
                  : JSON.convertValue(raw, type);
      if (value == null) {
        throw new WrongVariable(component.getName() + " is null");
      }
      return value;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new WrongVariable(
          "%s is %s, expected %s"
              .formatted(
                  component.getName(),
                  shown(raw),
                  type.toCanonical().replace("java.lang.", "").replace("java.util.", "")));
    }
  }

  private static boolean looksLikeJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("[") || start.startsWith("{");
  }

  /** Lossless conversions only; null when there is none. */
  private static Object scalar(Class<?> type, Object raw) {
    if (type == String.class) {
      return raw instanceof String ? raw : null;
    }
    if (type == Boolean.class || type == boolean.class) {
      return raw instanceof Boolean ? raw : null;
    }
    if (!(raw instanceof Number number)) {
      return null;
    }
    if (type == Double.class || type == double.class) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? value : null;
    }
    try {
      BigDecimal exact = new BigDecimal(number.toString());
      return type == Integer.class || type == int.class
          ? (Object) exact.intValueExact()
          : (Object) exact.longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** Numbers and booleans as they are; of texts only the length: they may be a user's. */
  private static String shown(Object raw) {
    String text = raw instanceof Json json ? json.text() : String.valueOf(raw);
    return raw instanceof Number || raw instanceof Boolean
        ? text
        : "a value of " + text.length() + " characters";
  }

  private record Json(String text) {}

  private static final class WrongVariable extends Exception {
    WrongVariable(String message) {
      super(message);
    }
  }
}
