// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * No code takes the locale of the machine: in Arabic {@code "%d"} prints other digits, in German
 * {@code "%.1f"} prints a comma, and in Turkish {@code "I"} is not the upper case of {@code "i"}.
 */
final class LocaleRule {

  /** What takes the default locale unless one of its parameters is a locale. */
  private static final List<Pattern> LOCAL =
      List.of(
          Pattern.compile("java\\.lang\\.String\\.(format|formatted|toLowerCase|toUpperCase)"),
          Pattern.compile("java\\.io\\.(PrintStream|PrintWriter|Console)\\.(format|printf)"),
          Pattern.compile("java\\.util\\.Formatter\\.<init>"),
          Pattern.compile("java\\.util\\.Scanner\\.<init>"),
          Pattern.compile("java\\.util\\.Locale\\.getDefault"),
          Pattern.compile("java\\.util\\.Calendar\\.getInstance"),
          Pattern.compile("java\\.util\\.ResourceBundle\\.getBundle"),
          Pattern.compile(
              "java\\.text\\.(CompactNumberFormat|DateFormatSymbols|DecimalFormat|MessageFormat"
                  + "|DecimalFormatSymbols|SimpleDateFormat)\\.<init>"),
          Pattern.compile("java\\.text\\.\\w+\\.(get\\w*Instance)"),
          Pattern.compile("java\\.time\\.format\\.DateTimeFormatter\\.of(Pattern|Localized.*)"),
          Pattern.compile("java\\.time\\.format\\.DateTimeFormatterBuilder\\.toFormatter"));

  static final ArchRule RULE =
      noClasses()
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "the locale of the machine decides what comes of it; give Locale.ROOT",
                  LocaleRule::takesTheDefault));

  private LocaleRule() {}

  private static boolean takesTheDefault(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget)) {
      return false;
    }
    AccessTarget.CodeUnitAccessTarget target =
        (AccessTarget.CodeUnitAccessTarget) access.getTarget();
    return target.getRawParameterTypes().stream().noneMatch(LocaleRule::carriesLocale)
        && LOCAL.stream().anyMatch(pattern -> isCall(pattern, target));
  }

  private static boolean carriesLocale(JavaClass parameter) {
    return parameter.isEquivalentTo(Locale.class)
        || parameter.getName().equals("java.text.DecimalFormatSymbols");
  }

  // Also of a subclass, whose name stands in the call.
  private static boolean isCall(Pattern pattern, AccessTarget.CodeUnitAccessTarget target) {
    if (target.getName().equals("<init>")) {
      return pattern.matcher(target.getOwner().getName() + ".<init>").matches();
    }
    for (JavaClass owner = target.getOwner();
        owner != null;
        owner = owner.getRawSuperclass().orElse(null)) {
      if (pattern.matcher(owner.getName() + "." + target.getName()).matches()) {
        return true;
      }
    }
    return false;
  }
}
