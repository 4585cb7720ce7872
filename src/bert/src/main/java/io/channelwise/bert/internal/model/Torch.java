package io.channelwise.bert.internal.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import io.channelwise.bert.BertException;
import io.channelwise.bert.internal.text.DjlOffline;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door to the PyTorch engine. Safe for many threads. */
public final class Torch {
  private static final Logger LOG = LoggerFactory.getLogger(Torch.class);
  private static final Path GPUS_OF_DRIVER = Path.of("/proc/driver/nvidia/gpus");

  private static volatile boolean gpuMissed; // said once

  /** What the first who asks finds: an engine, or why there is none. */
  private static final class Loading {
    static final Engine ENGINE;
    static final BertException FAILURE;

    static {
      Engine engine = null;
      BertException failure = null;
      try {
        engine = load(TorchSettings.ofProcess());
      } catch (BertException e) {
        failure = e;
      }
      ENGINE = engine;
      FAILURE = failure;
    }
  }

  private Torch() {}

  private static Engine load(TorchSettings settings) {
    DjlOffline.ensure();
    if (DjlOffline.isOn()) { // else DJL may fetch what is missing
      settings
          .problem()
          .ifPresent(
              problem -> {
                throw settings.failure(problem, null);
              });
    }
    NativeEnvironment.prepare();
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw settings.failure(firstLine(e), e);
    }
    // Another version than DJL's native code is built for may load, and fail in the first call.
    try (NDManager manager = engine.newBaseManager(Device.cpu())) {
      manager.create(1f);
      return engine;
    } catch (RuntimeException | LinkageError e) {
      throw settings.failure(
          "it does not work as %s does, %s".formatted(TorchSettings.VERSION, firstLine(e)), e);
    }
  }

  /** Of the innermost cause: the others say that loading failed. */
  private static String firstLine(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
  }

  /** The engine, loaded by the first who asks. */
  private static Engine engine() {
    if (Loading.FAILURE != null) {
      throw new BertException(Loading.FAILURE.getMessage(), Loading.FAILURE);
    }
    return Loading.ENGINE;
  }

  /**
   * Prepares the calling thread: turns gradient recording off, which is on by default on most
   * threads, and has scripts run as they are written, so that the first call computes the same bits
   * as all later ones.
   *
   * @throws BertException when PyTorch cannot be loaded
   */
  public static void enter() {
    engine();
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
  }

  /**
   * Computes a loss with gradient recording on and adds its gradients to those of the parameters.
   *
   * @param loss makes an array without axes
   * @return the loss
   */
  public static NDArray differentiate(Supplier<NDArray> loss) {
    JniUtils.setGradMode(true);
    try {
      PtNDArray result = (PtNDArray) loss.get();
      NDArray one = result.getManager().ones(new Shape());
      JniUtils.backward(result, (PtNDArray) one, false, false);
      return result;
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /** A manager that owns what is created with it. */
  public static NDManager manager(Device device) {
    return engine().newBaseManager(device);
  }

  /**
   * The device of that name.
   *
   * @param name {@code auto}, {@code cpu} or {@code gpu}
   */
  public static Device device(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    GpuCheck check = gpuCheck();
    String problem = check.problem().orElse(null);
    if (problem == null) {
      return Device.gpu();
    }
    if (name.equals("gpu")) {
      throw new BertException("Device gpu was asked for, but " + problem);
    }
    if (check.gpus() > 0 && !gpuMissed) {
      gpuMissed = true;
      LOG.warn("The CPU computes: {}", problem);
    }
    return Device.cpu();
  }

  private static GpuCheck gpuCheck() {
    boolean usable = engine().hasCapability(StandardCapabilities.CUDA);
    String libraries = LibUtils.getLibtorchPath();
    return new GpuCheck(
        Math.max(CudaUtils.getGpuCount(), GpuCheck.gpusOfDriver(GPUS_OF_DRIVER)),
        GpuCheck.isCudaBuild(libraries),
        usable,
        libraries,
        System.getenv("CUDA_VISIBLE_DEVICES"),
        TorchSettings.ofProcess());
  }

  /** Gives memory that PyTorch keeps for later back to the device. */
  public static void releaseMemory(Device device) {
    if (device.isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  /** Threads of the CPU kernels, for the whole process; 0 leaves them as they are. */
  public static void threads(int count) {
    engine();
    if (count > 0) {
      JniUtils.setNumThreads(count);
    }
  }

  /** Gives memory that no array needs any more back to the system; takes about 30 ms. */
  public static void returnFreeMemory() {
    NativeEnvironment.returnFreeMemory();
  }

  /** Restarts the random numbers of dropout. */
  public static void seed(long seed) {
    engine().setRandomSeed((int) seed);
  }
}
