// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, as {@code docs/architecture.md} draws it. */
@AnalyzeClasses(packages = "dev.lanewise", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static void packages_import_what_the_table_of_the_architecture_names(JavaClasses classes) {
    Map<String, Set<String>> allowed = PackageTable.read();
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass from : classes) {
      Set<String> imports =
          found.computeIfAbsent(PackageTable.name(from.getPackageName()), name -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(PackageTable::isOurs)
          .map(PackageTable::name)
          .forEach(imports::add);
    }
    found.forEach((name, imports) -> imports.remove(name));
    found.remove(PackageTable.ROOT);
    assertThat(lines(found)).isEqualTo(lines(allowed));
  }

  /** A line for each package, so that a failure shows the ones that differ. */
  private static String lines(Map<String, Set<String>> imports) {
    return new TreeMap<>(imports)
        .entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + " imports "
                        + String.join(", ", new TreeSet<>(entry.getValue())))
            .collect(Collectors.joining("\n"));
  }

  @Test
  void theTableNamesPackagesBelowEachOther() {
    Map<String, Set<String>> allowed = PackageTable.read();
    List<String> order = List.copyOf(allowed.keySet());
    allowed.forEach(
        (name, imports) ->
            assertThat(imports)
                .as("what %s imports", name)
                .allSatisfy(
                    other -> assertThat(order.indexOf(other)).isGreaterThan(order.indexOf(name))));
  }

  @ArchTest
  static final ArchRule no_package_is_part_of_a_cycle =
      slices().matching("dev.lanewise.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_data_know_no_format =
      noClasses()
          .that()
          .resideInAPackage("dev.lanewise.data")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.lanewise.data.*..")
                  .and(not(resideInAPackage("dev.lanewise.data.text")))
                  .and(not(resideInAPackage("dev.lanewise.data.table"))));

  @ArchTest
  static final ArchRule jhdf_stays_behind_the_hdf5_package =
      onlyIn("dev.lanewise.data.hdf5..", "io.jhdf..");

  @ArchTest
  static final ArchRule fastcsv_stays_behind_the_csv_package =
      onlyIn("dev.lanewise.data.csv..", "de.siegmar.fastcsv..");

  @ArchTest
  static final ArchRule the_vector_api_stays_behind_the_simd_package =
      onlyIn("dev.lanewise.kernel.simd..", "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule drawing_stays_behind_the_packages_of_pictures_and_the_painter_of_plots =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lanewise.data.image..")
          .and()
          .doNotHaveFullyQualifiedName("dev.lanewise.report.PlotPainter")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..", "javax.imageio..");

  @ArchTest
  static final ArchRule threads_that_compute_stay_behind_the_executor =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lanewise.exec")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("WorkerPool");

  @ArchTest
  static final ArchRule losses_and_optimizers_know_no_threads_and_own_no_memory =
      noClasses()
          .that()
          .resideInAnyPackage("dev.lanewise.loss..", "dev.lanewise.optim..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.foreign\\.Arena|java\\.lang\\.Thread.*");

  @ArchTest
  static final ArchRule the_command_line_library_stays_behind_the_commands =
      onlyIn("dev.lanewise.cli..", "picocli..", "me.tongfei.progressbar..");

  @ArchTest
  static final ArchRule json_is_written_by_commands_exports_and_for_the_page_of_a_report =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lanewise.cli..", "dev.lanewise.export..", "dev.lanewise.report")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule templates_stay_behind_the_report =
      onlyIn("dev.lanewise.report", "gg.jte..");

  @ArchTest
  static final ArchRule nothing_opens_a_connection =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(Socket|ServerSocket|URL|URLConnection|http\\..*)|java\\.nio\\.channels\\.(Server)?SocketChannel");

  @ArchTest
  static final ArchRule nothing_is_made_an_object_that_a_file_names =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(ObjectInput.*|Externalizable)|java\\.beans\\..*|javax\\.script\\..*"
                  + "|javax\\.xml\\..*|com\\.fasterxml\\.jackson\\.databind\\..*");

  /** The launcher finds the command, and SIMD kernels define themselves once for each width. */
  @ArchTest
  static final ArchRule no_class_or_method_is_found_by_name =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lanewise.launch..", "dev.lanewise.kernel.simd..")
          .should()
          .callMethodWhere(
              target(owner(assignableTo(Class.class)))
                  .and(target(nameMatching("forName|getMethods?|getDeclared.*|getConstructors?"))))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.reflect\\.(Method|Constructor|Field|Proxy)"
                  + "|java\\.lang\\.ClassLoader|java\\.lang\\.invoke\\.MethodHandles\\$Lookup");

  @ArchTest
  static final ArchRule nothing_starts_another_program =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.(Process|ProcessBuilder|Runtime\\$.*)");

  @ArchTest static final ArchRule no_code_takes_the_locale_of_the_machine = LocaleRule.RULE;

  @ArchTest
  static final ArchRule no_static_field_changes =
      noFields().that().areStatic().should(beAbleToChange());

  @ArchTest
  static final ArchRule every_class_has_a_package_of_its_reason =
      classes().should(resideInADescribedPackage());

  private static ArchRule onlyIn(String home, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  private static ArchCondition<JavaField> beAbleToChange() {
    return new ArchCondition<>("be able to change") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean changes = !field.getModifiers().contains(JavaModifier.FINAL);
        events.add(new SimpleConditionEvent(field, changes, field.getFullName()));
      }
    };
  }

  private static ArchCondition<JavaClass> resideInADescribedPackage() {
    return new ArchCondition<>("reside in a package with a package-info") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        Path info =
            Path.of("src/main/java")
                .resolve(javaClass.getPackageName().replace('.', '/'))
                .resolve("package-info.java");
        events.add(
            new SimpleConditionEvent(
                javaClass, Files.exists(info), javaClass.getName() + " lacks " + info));
      }
    };
  }

  @Test
  void noTestTakesTheLocaleOfTheMachine() {
    LocaleRule.RULE.check(
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("LocaleRuleTest$Offender"))
            .importPath(Path.of("target/test-classes")));
  }

  @Test
  void theLauncherRunsOnJava8AndTheRestNeeds25() {
    assertThat(classFileVersion("dev/lanewise/launch/Main.class")).isEqualTo(52);
    assertThat(classFileVersion("dev/lanewise/matrix/FloatMatrix.class")).isEqualTo(69);
  }

  @Test
  void noClassNeedsPreviewFeatures() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target/classes/dev/lanewise"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(((bytes[4] & 0xff) << 8) | (bytes[5] & 0xff)).as("%s", file).isZero();
      }
    }
  }

  private static int classFileVersion(String resource) {
    try (InputStream in = ArchitectureTest.class.getClassLoader().getResourceAsStream(resource);
        DataInputStream data = new DataInputStream(in)) {
      data.readInt();
      data.readUnsignedShort();
      return data.readUnsignedShort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
