// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.EntryOptions.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayNamesTest {

  @ParameterizedTest
  @CsvSource({
    "x_train, x_test, y_train",
    "X_train, X_test, y_train",
    "train_x, test_x, train_y",
    "train_X, test_X, train_y",
    "trainX, testX, trainy",
    "Xtrain, Xtest, ytrain",
    "train_set_x, test_set_x, train_set_y",
    "train/X, test/X, train/y",
    "X/train, X/test, y/train",
    "train_images, test_images, train_labels",
    "training_data, testing_data, training_labels",
    "features_train, features_test, target_train"
  })
  void namesOfTrainAndTestAreToldApart(String train, String test, String labels) {
    assertThat(ArrayNames.areFeatures(train)).isTrue();
    assertThat(ArrayNames.areFeatures(test)).isTrue();
    assertThat(ArrayNames.areLabels(labels)).isTrue();
    assertThat(ArrayNames.role(train)).isEqualTo(Role.TRAIN);
    assertThat(ArrayNames.role(test)).isEqualTo(Role.TEST);
    List<String> both = List.of(train, test);
    assertThat(ArrayNames.forRole(both, name -> name, Role.TEST)).containsExactly(test);
    assertThat(ArrayNames.forRole(both, name -> name, Role.ANY)).isEqualTo(both);
    assertThat(ArrayNames.mayBelong(labels, train)).isTrue();
    assertThat(ArrayNames.mayBelong(labels, test)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X", "x", "data", "features", "images"})
  void namesWithoutAPurposeAreForAny(String name) {
    assertThat(ArrayNames.areFeatures(name)).isTrue();
    assertThat(ArrayNames.role(name)).isEqualTo(Role.ANY);
    assertThat(ArrayNames.mayBelong("y", name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "test", "x_val", "dataset", "contest", "trainer_x", "weights"})
  void otherNamesAreNoFeatures(String name) {
    assertThat(ArrayNames.areFeatures(name)).isFalse();
  }

  @Test
  void theLabelsOfFeaturesAreNamedAlike() {
    assertThat(ArrayNames.partners("Xtrain")).contains("ytrain");
    assertThat(ArrayNames.partners("train_x")).contains("train_y");
    assertThat(ArrayNames.partners("train_images")).contains("train_labels");
    assertThat(ArrayNames.partners("train/X")).contains("train/y");
    assertThat(ArrayNames.partners("X/train")).contains("y/train");
    assertThat(ArrayNames.forTest("y_train")).isEqualTo("y_test");
    assertThat(ArrayNames.forTest("TRAIN_Y")).isEqualTo("TEST_Y");
    assertThat(ArrayNames.forTest("y")).isEqualTo("y");
  }
}
