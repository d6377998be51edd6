// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintWriter;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** {@link LocaleRule} finds what it looks for, and nothing else. */
class LocaleRuleTest {

  @Test
  void findsCallsReferencesAndConstructorsWithoutLocale() {
    String details =
        LocaleRule.RULE
            .evaluate(new ClassFileImporter().importClasses(Offender.class))
            .getFailureReport()
            .toString();
    assertThat(details)
        .contains("String.format(")
        .contains("String.formatted(")
        .contains("String.toUpperCase(")
        .contains("String.toLowerCase(")
        .contains("PrintWriter.printf(")
        .contains("NumberFormat.getInstance(")
        .contains("(6 times)");
  }

  @Test
  void acceptsCallsWithLocale() {
    assertThat(
            LocaleRule.RULE
                .evaluate(new ClassFileImporter().importClasses(Careful.class))
                .hasViolation())
        .isFalse();
  }

  private static final class Offender {

    static final UnaryOperator<String> LOWER = String::toLowerCase;

    static String offend(PrintWriter out, String text) {
      out.printf("%d", 1);
      return String.format("%d", 2)
          + "%d".formatted(3)
          + text.toUpperCase()
          + NumberFormat.getInstance().format(4);
    }
  }

  private static final class Careful {

    static String obey(PrintWriter out, String text) {
      out.printf(Locale.ROOT, "%d", 1);
      out.println(2);
      return String.format(Locale.ROOT, "%d", 3)
          + text.toUpperCase(Locale.ROOT)
          + NumberFormat.getInstance(Locale.ROOT).format(4);
    }
  }
}
