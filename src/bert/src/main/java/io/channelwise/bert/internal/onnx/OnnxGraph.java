package io.channelwise.bert.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.channelwise.bert.internal.files.HostTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects nodes and constants of a graph. A node's only output has the node's name. */
final class OnnxGraph {
  private static final int FLOAT_BYTES = 4;

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> constants = new HashSet<>();

  OnnxGraph(String name) {
    graph.setName(name);
  }

  /** An input of 64-bit integers; sizes of axes are names. */
  String input(String name, String... axes) {
    graph.addInput(value(name, DataType.INT64, axes));
    return name;
  }

  /** Names a value as an output of 32-bit floats; an axis is a name, or a number when fixed. */
  void output(String name, String... axes) {
    graph.addOutput(value(name, DataType.FLOAT, axes));
  }

  /** Adds a node of ONNX's own operators; returns its output. */
  String node(String name, String operator, List<String> inputs, AttributeProto... attributes) {
    return node(name, "", operator, inputs, attributes);
  }

  /** Adds a node of an operator set; returns its output. */
  String node(
      String name,
      String domain,
      String operator,
      List<String> inputs,
      AttributeProto... attributes) {
    return nodes(name, domain, operator, inputs, List.of(name), attributes).get(0);
  }

  /** Adds a node of several outputs; returns them. */
  List<String> nodes(
      String name,
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(Arrays.asList(attributes)));
    return outputs;
  }

  /** A constant tensor of floats. */
  String floats(String name, HostTensor tensor) {
    if (constants.add(name)) {
      graph.addInitializer(tensor(name, DataType.FLOAT, bytes(tensor.values()), tensor.shape()));
    }
    return name;
  }

  /** A constant float without axes. */
  String scalar(String name, float value) {
    return floats(name, new HostTensor(new long[0], FloatBuffer.wrap(new float[] {value})));
  }

  /** A constant list of numbers: a shape, or axes. */
  String numbers(String name, long... values) {
    if (constants.add(name)) {
      ByteBuffer bytes = buffer(Long.BYTES * values.length);
      for (long value : values) {
        bytes.putLong(value);
      }
      graph.addInitializer(tensor(name, DataType.INT64, wrap(bytes), values.length));
    }
    return name;
  }

  /** A constant tensor of signed bytes. */
  String bytes(String name, byte[] values, long... shape) {
    if (constants.add(name)) {
      graph.addInitializer(
          tensor(name, DataType.INT8, UnsafeByteOperations.unsafeWrap(values), shape));
    }
    return name;
  }

  GraphProto build() {
    return graph.build();
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, long[] values) {
    AttributeProto.Builder builder =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      builder.addInts(value);
    }
    return builder.build();
  }

  private static ValueInfoProto value(String name, DataType type, String... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      boolean fixed = Character.isDigit(axis.charAt(0));
      shape.addDim(
          fixed
              ? TensorShapeProto.Dimension.newBuilder().setDimValue(Long.parseLong(axis))
              : TensorShapeProto.Dimension.newBuilder().setDimParam(axis));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private static TensorProto tensor(String name, DataType type, ByteString raw, long... shape) {
    TensorProto.Builder builder =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(raw);
    for (long size : shape) {
      builder.addDims(size);
    }
    return builder.build();
  }

  private static ByteString bytes(FloatBuffer values) {
    ByteBuffer bytes = buffer(Math.multiplyExact(FLOAT_BYTES, values.remaining()));
    bytes.asFloatBuffer().put(values);
    return wrap(bytes);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The array under the buffer, whole; it is not written any more. */
  private static ByteString wrap(ByteBuffer bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }
}
