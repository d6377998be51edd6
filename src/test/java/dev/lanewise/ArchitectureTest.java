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
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, as {@code docs/architecture.md} draws it. */
@AnalyzeClasses(packages = "dev.lanewise", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrows_point_down =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("launch")
          .definedBy("dev.lanewise.launch..")
          .layer("cli")
          .definedBy("dev.lanewise.cli..")
          .layer("select")
          .definedBy("dev.lanewise.select..")
          .layer("report")
          .definedBy("dev.lanewise.report..")
          .layer("export")
          .definedBy("dev.lanewise.export..")
          .layer("train")
          .definedBy("dev.lanewise.train..")
          .layer("solve")
          .definedBy("dev.lanewise.solve..")
          .layer("sgd")
          .definedBy("dev.lanewise.sgd..")
          .layer("pass")
          .definedBy("dev.lanewise.pass..")
          .layer("model")
          .definedBy("dev.lanewise.model..")
          .layer("reference")
          .definedBy("dev.lanewise.reference..")
          .layer("checkpoint")
          .definedBy("dev.lanewise.checkpoint..")
          .layer("data")
          .definedBy("dev.lanewise.data..")
          .layer("simd")
          .definedBy("dev.lanewise.kernel.simd..")
          .layer("kernel")
          .definedBy("dev.lanewise.kernel")
          .layer("matrix")
          .definedBy("dev.lanewise.matrix..")
          .layer("random")
          .definedBy("dev.lanewise.random..")
          .whereLayer("launch")
          .mayNotAccessAnyLayer()
          .whereLayer("cli")
          .mayOnlyAccessLayers(
              "select",
              "report",
              "train",
              "export",
              "sgd",
              "solve",
              "model",
              "checkpoint",
              "data",
              "kernel",
              "matrix")
          .whereLayer("select")
          .mayOnlyAccessLayers("train", "model", "data", "kernel", "random")
          .whereLayer("report")
          .mayOnlyAccessLayers("select", "train", "solve", "model", "data", "kernel", "matrix")
          .whereLayer("export")
          .mayOnlyAccessLayers("model", "data")
          .whereLayer("train")
          .mayOnlyAccessLayers(
              "sgd", "solve", "pass", "model", "checkpoint", "data", "kernel", "matrix", "random")
          .whereLayer("sgd")
          .mayOnlyAccessLayers("solve", "pass", "checkpoint", "kernel", "matrix", "random")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("data", "matrix")
          .whereLayer("solve")
          .mayOnlyAccessLayers("kernel", "matrix")
          .whereLayer("pass")
          .mayOnlyAccessLayers("kernel", "matrix")
          .whereLayer("model")
          .mayOnlyAccessLayers("data", "kernel", "matrix")
          .whereLayer("reference")
          .mayOnlyAccessLayers("data", "matrix")
          .whereLayer("data")
          .mayOnlyAccessLayers("matrix")
          .whereLayer("simd")
          .mayOnlyAccessLayers("kernel", "matrix")
          .whereLayer("kernel")
          .mayOnlyAccessLayers("matrix")
          .whereLayer("matrix")
          .mayNotAccessAnyLayer()
          .whereLayer("random")
          .mayNotAccessAnyLayer();

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
                  .and(not(resideInAPackage("dev.lanewise.data.text"))));

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
