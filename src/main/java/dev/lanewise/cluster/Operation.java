// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

/** What is asked of the leaves of a plan. */
enum Operation {
  /** Labels, weights and the hash of the samples. */
  DESCRIBE("describe the samples"),
  /** The sums, and the limits, of features as they are kept. */
  MEANS("sum the features"),
  /** The squares of features about means. */
  DEVIATIONS("sum the squares of the features"),
  /** One sample, of the leaf that has it. */
  SAMPLE("read a sample"),
  /** The samples of a subset. */
  SUBSET("collect samples"),

  /** The rest are those of {@link dev.lanewise.loss.SampleSums}, of a problem. */
  SCALES("scales of the features"),
  GRADIENT("gradient"),
  COST("cost"),
  PRODUCT("product with the second derivative"),
  COUPLING("second derivatives of the outputs"),
  BORDER("second derivatives along an output"),
  EXACT_GRADIENT("gradient in double"),
  CHANGE("change of the scores by a step"),
  PREDICTION_ERROR("rounding of the probabilities"),
  EXACT_HESSIAN("second derivative in double"),
  SEPARATED("whether the classes are separated");

  private final String description;

  Operation(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  boolean isOfProblem() {
    return compareTo(SCALES) >= 0;
  }
}
