// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.spark.api.java.function.Function;

/**
 * Says whether the JVM of an executor can run Lanewise. Compiled for Java 17, so that it can say so
 * where the rest cannot be loaded.
 */
public final class ExecutorCheck implements Function<Integer, String> {

  private static final long serialVersionUID = 1;
  private static final int REQUIRED = 25;

  private final boolean vector;

  /**
   * A check.
   *
   * @param vector whether the Vector API is required
   */
  public ExecutorCheck(boolean vector) {
    this.vector = vector;
  }

  @Override
  public String call(Integer number) {
    int feature = Runtime.version().feature();
    if (feature < REQUIRED) {
      return "the executor on "
          + host()
          + " runs on Java "
          + feature
          + ", expected "
          + REQUIRED
          + " or later; set spark.executorEnv.JAVA_HOME (YARN), the image (Kubernetes) or JAVA_HOME"
          + " of the workers";
    }
    if (vector && !ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      return "the executor on "
          + host()
          + " has no Vector API; start Spark with spark-submit, or add"
          + " --add-modules=jdk.incubator.vector to spark.executor.extraJavaOptions";
    }
    return "";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unknown host";
    }
  }
}
