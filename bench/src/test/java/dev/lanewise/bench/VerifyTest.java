// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.model.Model;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyTest {

  @Test
  void picksTheFirstTheLastAndSomeBetween() {
    assertThat(Verify.some(3, 16)).containsExactly(0, 1, 2);
    assertThat(Verify.some(1001, 3)).containsExactly(0, 500, 1000);
    assertThat(Verify.some(Integer.MAX_VALUE, 2)).containsExactly(0, Integer.MAX_VALUE - 1);
  }

  @Test
  void refusesNaN() {
    assertThatThrownBy(() -> Verify.close("w", 0, Double.NaN, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  // The second is one of the large problems, of which a sample is verified.
  @ParameterizedTest
  @ValueSource(strings = {"40x300", "40x420000"})
  void findsTrainingThatIsAWeightOff(String text) {
    try (Dataset data = Pixels.floats(Shape.of(text))) {
      double rate = DescentCheck.learningRate(data.width());
      assertThatCode(() -> DescentCheck.verify(data, rate, count -> trained(data, rate, count, 1f)))
          .doesNotThrowAnyException();
      assertThatThrownBy(
              () -> DescentCheck.verify(data, rate, count -> trained(data, rate, count, 1.001f)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the reference says");
    }
  }

  private static DescentCheck.Weights trained(
      Dataset data, double rate, int iterations, float factor) {
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withEngine(EngineChoice.PRIMAL)
            .withIterations(iterations)
            .withLearningRate(rate);
    Model model =
        new LogisticRegression(options, new Execution(KernelRequest.scalar(), 1)).fit(data).model();
    float[] w = model.weights();
    w[w.length - 1] *= factor;
    return new DescentCheck.Weights(w, model.bias());
  }
}
