// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Spark sessions of the tests, one at a time. */
final class Sessions {

  private Sessions() {}

  static SparkSession local(Map<String, String> more) {
    return start("local[2]", more);
  }

  /** Two executors in processes of their own. */
  static SparkSession cluster(Map<String, String> more) {
    return start("local-cluster[2,1,1024]", more);
  }

  private static SparkSession start(String master, Map<String, String> more) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("lanewise test")
            .master(master)
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "600m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.sql.shuffle.partitions", "4");
    more.forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
    return session;
  }

  static void stop(SparkSession session) {
    session.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }
}
