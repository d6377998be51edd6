// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the contract bans from kernels, because its bits differ between the interpreter and the
 * compiler, or between machines.
 */
class BannedOperationsTest {

  private static final String MATH =
      "sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot";

  private static final List<Pattern> BANNED =
      List.of(
          Pattern.compile("jdk\\.incubator\\.vector\\.\\w*Vector\\.reduceLanes\\w*"),
          Pattern.compile(
              "jdk\\.incubator\\.vector\\.VectorOperators\\."
                  + "(SIN|COS|TAN|ASIN|ACOS|ATAN|ATAN2|SINH|COSH|TANH|EXP|EXPM1|LOG|LOG10|LOG1P|POW"
                  + "|CBRT|HYPOT)"),
          Pattern.compile("jdk\\.incubator\\.vector\\.VectorMask\\..*"),
          Pattern.compile("jdk\\.incubator\\.vector\\.\\w*Vector\\.(blend|compare|test)"),
          Pattern.compile("java\\.lang\\.(Strict)?Math\\.(" + MATH + ")"));

  @Test
  void kernelsCallNothingThatIsBanned() {
    assertThat(banned("dev.lanewise.kernel")).isEmpty();
  }

  @Test
  void theRuleFindsWhatItLooksFor() {
    JavaClasses classes = new ClassFileImporter().importClasses(Offender.class);
    assertThat(violations(classes))
        .contains(
            "jdk.incubator.vector.FloatVector.reduceLanes",
            "jdk.incubator.vector.VectorOperators.EXP",
            "jdk.incubator.vector.FloatVector.compare",
            "java.lang.Math.exp");
  }

  private static Set<String> banned(String packageName) {
    return violations(
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(packageName));
  }

  private static Set<String> violations(JavaClasses classes) {
    assertThat(classes).isNotEmpty();
    Set<String> found = new TreeSet<>();
    classes.stream()
        .flatMap(javaClass -> javaClass.getAccessesFromSelf().stream())
        .map(JavaAccess::getTarget)
        .map(BannedOperationsTest::name)
        .filter(name -> BANNED.stream().anyMatch(pattern -> pattern.matcher(name).matches()))
        .forEach(found::add);
    return found;
  }

  private static String name(AccessTarget target) {
    return target.getOwner().getFullName() + "." + target.getName();
  }

  /** Does what is banned. */
  static final class Offender {

    private Offender() {}

    static float offend(jdk.incubator.vector.FloatVector v) {
      jdk.incubator.vector.FloatVector e = v.lanewise(jdk.incubator.vector.VectorOperators.EXP);
      boolean any = e.compare(jdk.incubator.vector.VectorOperators.GT, 1f).anyTrue();
      return any
          ? e.reduceLanes(jdk.incubator.vector.VectorOperators.ADD)
          : (float) Math.exp(e.lane(0));
    }
  }
}
