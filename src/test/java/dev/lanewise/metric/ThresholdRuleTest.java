// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds are the best of all that tell the samples apart. */
class ThresholdRuleTest {

  private static final float[] P = {0.9f, 0.8f, 0.7f, 0.6f, 0.4f, 0.2f};
  private static final int[] Y = {1, 0, 1, 1, 0, 0};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f1|0.5",
        "youden|0.5",
        "cost:1,1|0.5",
        "cost:10,1|0.85",
        "cost:1,0|1",
        "cost:0,1|0.5",
        "precision>=0.75|0.5",
        "precision>=0.9|0.85",
        "precision>=0.5|0.5",
        "precision>=0.1|0.5",
      })
  void theBestThresholdIsHalfWayBetweenTwoSamples(String rule, float expected) {
    assertThat(ThresholdRule.parse(rule).choose(P, Y)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f1", "youden", "cost:3,1", "cost:1,7.5", "precision>=0.6"})
  void noOtherThresholdIsBetter(String text) {
    ThresholdRule rule = ThresholdRule.parse(text);
    Random random = new Random(5);
    for (int run = 0; run < 50; run++) {
      int samples = 5 + random.nextInt(60);
      float[] p = new float[samples];
      int[] y = new int[samples];
      for (int j = 0; j < samples; j++) {
        y[j] = j < 2 ? j : random.nextInt(2);
        p[j] = Math.round(20 * (0.3f * y[j] + 0.7f * random.nextFloat())) / 20f;
      }
      double best = Double.NEGATIVE_INFINITY;
      for (int step = 0; step <= 1000; step++) {
        best = Math.max(best, value(rule, p, y, step / 1000f));
      }
      if (best > Double.NEGATIVE_INFINITY) {
        assertThat(value(rule, p, y, rule.choose(p, y))).isEqualTo(best);
      }
    }
  }

  private static double value(ThresholdRule rule, float[] p, int[] y, float threshold) {
    double tp = 0;
    double fp = 0;
    double fn = 0;
    double tn = 0;
    for (int j = 0; j < p.length; j++) {
      boolean predicted = p[j] > threshold;
      tp += predicted && y[j] == 1 ? 1 : 0;
      fp += predicted && y[j] == 0 ? 1 : 0;
      fn += !predicted && y[j] == 1 ? 1 : 0;
      tn += !predicted && y[j] == 0 ? 1 : 0;
    }
    return switch (rule.kind()) {
      case F1 -> 2 * tp / (2 * tp + fp + fn);
      case YOUDEN -> tp / (tp + fn) - fp / (fp + tn);
      case COST -> -(rule.first() * fp + rule.second() * fn);
      case PRECISION ->
          tp + fp > 0 && tp / (tp + fp) >= rule.first() ? tp : Double.NEGATIVE_INFINITY;
    };
  }

  @Test
  void neighbouringProbabilitiesAreToldApart() {
    float low = 0.5f;
    float high = Math.nextUp(low);
    float threshold =
        ThresholdRule.parse("youden").choose(new float[] {low, high}, new int[] {0, 1});
    assertThat(threshold).isLessThan(high).isGreaterThanOrEqualTo(low);
    assertThat(ThresholdRule.parse("cost:0,1").choose(new float[] {0.3f, 0.2f}, new int[] {0, 1}))
        .as("all samples are predicted as class 1")
        .isZero();
  }

  @Test
  void aRuleThatCannotBeMetIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ThresholdRule.parse("precision>=0.9")
                    .choose(new float[] {0.9f, 0.8f, 0.7f}, new int[] {0, 1, 1}))
        .withMessage("no threshold has a precision of 0.9, the highest is 0.6667; ask for less");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThresholdRule.parse("f1").choose(new float[] {1}, new int[] {1}))
        .withMessageContaining("all samples are of one class");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f2",
        "cost",
        "cost:1",
        "cost:1,x",
        "cost:-1,1",
        "cost:0,0",
        "cost:1,2,3",
        "precision>=0",
        "precision>=1.1",
        "precision>=NaN",
        "precision>0.5",
        "F1"
      })
  void otherTextsAreNoRules(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThresholdRule.parse(text))
        .withMessageContaining("f1, youden, cost:FP,FN or precision>=P, not '" + text + "'");
  }
}
