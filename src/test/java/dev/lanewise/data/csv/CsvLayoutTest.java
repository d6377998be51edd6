// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Numbering;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.WantedFeatures;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as other programs write them. */
class CsvLayoutTest {

  private static final TextOptions NO_HEADER = header(false);

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text.replace('~', '\n'));
  }

  private ReadOptions labelled() {
    return ReadOptions.labelled().noting(told::add);
  }

  private static TextOptions header(boolean is) {
    return new TextOptions(
        Optional.of(is), Optional.empty(), false, List.of(), List.of(), OptionalInt.empty());
  }

  private static TextOptions columns(List<String> dropped, List<String> kept) {
    return new TextOptions(
        Optional.empty(), Optional.empty(), false, dropped, kept, OptionalInt.empty());
  }

  private static TextOptions decimalComma(Character separator) {
    return new TextOptions(
        Optional.empty(),
        Optional.ofNullable(separator),
        true,
        List.of(),
        List.of(),
        OptionalInt.empty());
  }

  /** The samples as texts, which are easily compared: "1.0 2.0 -> 0". */
  private static List<String> samples(Path file, ReadOptions options) {
    try (Dataset data = Datasets.read(file, options)) {
      List<String> samples = new ArrayList<>();
      for (int j = 0; j < data.samples(); j++) {
        StringBuilder sample = new StringBuilder();
        for (float value : data.features().column(j)) {
          sample.append(value).append(' ');
        }
        samples.add(
            data.isLabelled()
                ? sample + "-> " + data.classNames().get(data.labels()[j])
                : sample.toString().strip());
      }
      return samples;
    }
  }

  private static void assertRefused(Path file, ReadOptions options, String... parts) {
    assertThatThrownBy(() -> Datasets.read(file, options))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .hasLineCount(1)
        .contains(parts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,label~1,2.5,no~-3,4,yes~",
        "a|b|label~1|2.5|no~-3|4|yes~",
        "a b label~1 2.5 no~-3 4 yes~",
        "  a   b\t label  ~ 1    2.5 \t no~-3    4    yes",
        "\"a\", \"b\", \"label\"~1, 2.5, \"no\"~-3, 4, \"yes\"~",
        "\"a\" ; \"b\" ;\"label\"~1;2.5; \"no\"~-3;4;\"yes\" ~",
        "sep=;~a;b;label~1;2.5;no~-3;4;yes~",
        "sep=,~a,b,label~1,2.5,no~-3,4,yes~",
        "\"sep=|\"~a|b|label~1|2.5|no~-3|4|yes~",
        "SEP=;\r~a;b;label\r~1;2.5;no\r~-3;4;yes\r~",
        "# by instrument 5~#~a,b,label~1,2.5,no~-3,4,yes~",
        "# it's \"5~# a, b~a,b,label~1,2.5,no~# half~-3,4,yes~# end, of it~",
        "a,b,label~~1,2.5,no~   ~-3,4,yes~\t~~",
        "~~a,b,label~1,2.5,no~-3,4,yes~",
        "\"a\" \"b\" \"label\"~\"1\" 1 2.5 \"no\"~\"2\" -3 4 \"yes\"~",
        "a;b;label~r1;1;2.5;no~r2;-3;4;yes~",
        "\"a\",\"b\",\"label\"~\"1\",1,2.5,\"no\"~\"2\",-3,4,\"yes\"~",
        ",a,b,label~0,1,2.5,no~1,-3,4,yes~",
        "Unnamed: 0,a,b,label~0,1,2.5,no~1,-3,4,yes~",
        ",Unnamed: 0.1,Unnamed: 0,a,b,label~0,0,0,1,2.5,no~1,1,1,-3,4,yes~",
        "# a,b,label~1,2.5,no~-3,4,yes~",
        "# made today~#a b label~1 2.5 no~-3 4 yes~",
      })
  void theSameTableIsReadFromWhatOtherProgramsWrite(String text) throws IOException {
    Path file = file(text);
    assertThat(samples(file, labelled())).containsExactly("1.0 2.5 -> no", "-3.0 4.0 -> yes");
    try (Dataset data = Datasets.read(file, labelled())) {
      assertThat(data.featureNames()).contains(FeatureNames.of(List.of("a", "b")));
    }
    List<Float> inParts = new ArrayList<>();
    Datasets.readInParts(
        file,
        ReadOptions.unlabelled(),
        part -> inParts.add(part.data().features().get(1, part.data().samples() - 1)));
    assertThat(inParts).containsExactly(4f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8"})
  void textIsReadInUnicodesEncodings(String charset) throws IOException {
    for (String mark : List.of("\uFEFF", "")) {
      if (mark.isEmpty() && charset.startsWith("UTF-32")) {
        continue;
      }
      Path file = folder.resolve("encoded.csv");
      Files.write(
          file,
          (mark + "größe\tlabel\r\n1.5\tjá\r\n2\tnein\r\n").getBytes(Charset.forName(charset)));
      assertThat(samples(file, labelled())).containsExactly("1.5 -> já", "2.0 -> nein");
    }
  }

  @Test
  void otherEncodingsAreRefusedWithWhatToDo() throws IOException {
    Path file = folder.resolve("latin1.csv");
    Files.write(file, "größe,y\n1,0\n2,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(file, labelled(), "is not text in UTF-8 or UTF-16", "iconv");
  }

  @Test
  void whatIsLeftOutOrTakenFromACommentIsSaid() throws IOException {
    Path file = file(",a,label~0,1,0~1,2,1~");
    samples(file, labelled());
    samples(file("# a,label~1,0~2,1~"), labelled());
    assertThat(told)
        .containsExactly(
            file + ": column 0, without a name, is taken for names of rows and left out",
            file + ": the names of the columns are those in its first comment");
  }

  @Test
  void aLineThatMayBeACommentOrARowIsRefused() throws IOException {
    assertRefused(
        file("id,a,label~#1,5,0~#2,6,1~"), labelled(), "line 2 begins with #", "in quotes");
    assertRefused(file("a,label~1,0~#2,1~3,1~"), labelled(), "line 3 begins with #");
    assertThat(
            samples(
                file("id,a,label~\"#1\",5,0~\"#2\",6,1~"),
                labelled().laidOut(columns(List.of("id"), List.of()))))
        .containsExactly("5.0 -> 0", "6.0 -> 1");
  }

  @Test
  void rowsThatEndWithASeparatorHaveNoNames() throws IOException {
    assertRefused(
        file("a,b,label~1,2,0,~3,4,1,~"),
        labelled(),
        "line 2 has 4 fields, expected 3; it ends with a separator");
    assertRefused(
        file("a,b,label,~1,2,0,~3,4,1,~"), labelled(), "column 3 has no name", "--drop 3");
    assertThat(
            samples(
                file("a,b,label,~1,2,0,~3,4,1,~"),
                labelled().laidOut(columns(List.of("3"), List.of()))))
        .containsExactly("1.0 2.0 -> 0", "3.0 4.0 -> 1");
  }

  @Test
  void aFirstLineOfNumbersAndWordsIsWhatIsSaid() throws IOException {
    Path flowers = file("4.1,3.2,setosa~5.1,2.7,virginica~");
    assertRefused(
        flowers, labelled(), "the first line has the number 4.1 in it", "--no-header", "--header");
    assertThat(samples(flowers, labelled().named(null, "2").laidOut(NO_HEADER)))
        .containsExactly("4.1 3.2 -> setosa", "5.1 2.7 -> virginica");
    Path spectra = file("400.5,401.5,label~1,2,x~3,4,y~");
    assertThat(samples(spectra, labelled().laidOut(header(true))))
        .containsExactly("1.0 2.0 -> x", "3.0 4.0 -> y");
    Path counted = file("0,1,2~5,6,0~7,8,1~");
    assertThat(samples(counted, labelled().named(null, "2").laidOut(NO_HEADER))).hasSize(3);
    assertThat(samples(counted, labelled().named(null, "2").laidOut(header(true)))).hasSize(2);
    assertThat(samples(file("0,1,label~5,6,0~7,8,1~"), labelled())).hasSize(2);
  }

  @Test
  void aHeaderThatTurnsOutToBeARowIsRefused() throws IOException {
    assertRefused(
        file("5,3,setosa~4,2,setosa~6,1,virginica~"),
        labelled().named(null, "2"),
        "the first line has the number 5 in it");
    assertRefused(
        file("1,2,setosa~4,2,setosa~6,1,virginica~"),
        labelled().named(null, "setosa"),
        "line 2 has 'setosa', as the first line",
        "--no-header");
    // A column called as one of its classes, beside one that can be nothing but a name.
    assertThat(samples(file("n,spam~1,spam~2,ham~"), labelled().named(null, "spam"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "True,False",
    "true,false",
    "TRUE,FALSE",
    "T,F",
    "t,f",
  })
  void wordsForTrueAndFalseAre1And0(String yes, String no) throws IOException {
    Path file = file("a,b,label~1,%s,0~2,%s,1~3,%s,1~".replaceFirst("%s", no).replace("%s", yes));
    assertThat(samples(file, labelled()))
        .containsExactly("1.0 0.0 -> 0", "2.0 1.0 -> 1", "3.0 1.0 -> 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "T~A|line 3: column 'b' is 'A', expected T or F as in line 2; or leave the column out with --drop b",
        "True~1|line 3: column 'b' is '1', expected True or False as in line 2",
        "False~|line 3: column 'b' is empty, expected True or False as in line 2",
        "1~True|line 3: column 'b' is 'True', expected a number",
        "T~True|line 3: column 'b' is 'True', expected T or F",
        "male~1|line 2: column 'b' is 'male', expected a number; give it numbers, or leave the column out with --drop b",
        "1~NA|line 3: column 'b' is 'NA', expected a number; fill in the missing cell, remove the row, or leave the column out with --drop b",
        "1~?|line 3: column 'b' is '?', expected a number; fill in the missing cell",
        "1~|line 3: column 'b' is empty, expected a number; fill in the missing cell",
        "1~'0,5'|line 3: column 'b' is '0,5', expected a number; for numbers with a decimal comma say --decimal-comma",
      })
  void aCellThatIsNoNumberIsRefusedWithWhatToDo(String cells, String problem) throws IOException {
    String[] two = (cells + " ").split("~");
    Path file =
        file(("a,b,label~1," + two[0] + ",0~2," + two[1].strip() + ",1~").replace('\'', '"'));
    assertRefused(file, labelled(), problem);
  }

  @Test
  void commasBetweenThousandsAreNotTakenForDecimalOnes() throws IOException {
    assertRefused(
        file("a,label~\"1,234\",0~2,1~"),
        labelled(),
        "'1,234', expected a number without commas between thousands; if it is a decimal comma say");
    for (String row : List.of("1,2,0", "x,5,1")) {
      assertRefused(
          file("a,label~" + row + "~" + row + "~"),
          labelled(),
          "line 2 has 3 fields, expected 2; a field with a separator in it, such as a decimal comma,");
    }
  }

  @Test
  void aColumnWhoseNameAShellWouldTakeApartIsDroppedByNumber() throws IOException {
    assertRefused(file("a,home town,label~1,Oslo,0~2,Rome,1~"), labelled(), "--drop 1");
  }

  @Test
  void columnsAreLeftOutOrTakenByNameOrByNumber() throws IOException {
    Path file = file("id,a,b,w,label~x1,1,2,9,0~x2,3,4,9,1~");
    for (List<String> dropped : List.of(List.of("id", "w"), List.of("0", "3"), List.of("w", "0"))) {
      assertThat(samples(file, labelled().laidOut(columns(dropped, List.of()))))
          .containsExactly("1.0 2.0 -> 0", "3.0 4.0 -> 1");
    }
    for (List<String> kept :
        List.of(List.of("a", "b"), List.of("2", "1"), List.of("label", "a", "b"))) {
      assertThat(samples(file, labelled().laidOut(columns(List.of(), kept))))
          .containsExactly("1.0 2.0 -> 0", "3.0 4.0 -> 1");
    }
    try (Dataset data =
        Datasets.read(
            file,
            labelled().weighted("3").named(null, "4").laidOut(columns(List.of(), List.of("b"))))) {
      assertThat(data.weights()).contains(new float[] {9, 9});
      assertThat(data.width()).isEqualTo(1);
    }
    // A name comes before a number.
    assertThat(
            samples(
                file("1,0,label~5,6,0~7,8,1~"),
                labelled()
                    .laidOut(
                        new TextOptions(
                            Optional.of(true),
                            Optional.empty(),
                            false,
                            List.of("0"),
                            List.of(),
                            OptionalInt.empty()))))
        .containsExactly("5.0 -> 0", "7.0 -> 1");
  }

  @Test
  void columnsThatAreNotThereOrAreNeededAreNotLeftOut() throws IOException {
    Path file = file("id,a,label~x1,1,0~x2,3,1~");
    assertRefused(
        file,
        labelled().laidOut(columns(List.of("Id"), List.of())),
        "has no column 'Id' to --drop, expected one of id, a, label");
    assertRefused(
        file, labelled().laidOut(columns(List.of(), List.of("c"))), "has no column 'c' to --keep");
    assertRefused(
        file,
        labelled().named(null, "label").laidOut(columns(List.of("label"), List.of())),
        "column 'label' is to be the labels and is left out");
    assertRefused(
        file,
        labelled()
            .wanting(
                new WantedFeatures(
                    Optional.empty(), Optional.of(FeatureNames.of(List.of("a"))), Optional.empty()))
            .laidOut(columns(List.of("a"), List.of())),
        "column 'a' is a feature of the model, expected not to leave it out");
    // The test table of a model need not have what was left out of the one learned from.
    assertThat(
            samples(
                file("a,label~1,0~3,1~"),
                labelled()
                    .wanting(
                        new WantedFeatures(
                            Optional.empty(),
                            Optional.of(FeatureNames.of(List.of("a"))),
                            Optional.empty()))
                    .laidOut(columns(List.of("id"), List.of()))))
        .containsExactly("1.0 -> 0", "3.0 -> 1");
  }

  @Test
  void columnsWithoutNamesAreFoundByTheirNumbers() throws IOException {
    Numbering numbering;
    Path whole = file("x1,0.5,1.5,no~x2,2.5,3.5,yes~");
    ReadOptions dropping = labelled().named(null, "3");
    TextOptions text =
        new TextOptions(
            Optional.of(false),
            Optional.empty(),
            false,
            List.of("0"),
            List.of(),
            OptionalInt.empty());
    try (Dataset data = Datasets.read(whole, dropping.laidOut(text))) {
      numbering = data.schema().numbering().orElseThrow();
    }
    assertThat(numbering).isEqualTo(Numbering.ofColumns(List.of(1, 2), 4));
    ReadOptions like =
        ReadOptions.unlabelled()
            .wanting(new WantedFeatures(Optional.empty(), Optional.empty(), Optional.of(numbering)))
            .laidOut(NO_HEADER)
            .skipping(told::add);
    assertThat(samples(whole, like)).containsExactly("0.5 1.5", "2.5 3.5");
    assertThat(told)
        .containsExactly(whole + ": the model has no feature for columns 0, 3; left out");
    assertThat(samples(file("0.5,1.5~2.5,3.5~"), like)).containsExactly("0.5 1.5", "2.5 3.5");
    // Which of them is the one that was left out?
    assertRefused(
        file("7,0.5,1.5~8,2.5,3.5~"),
        like,
        "has 3 columns, expected the 4 of the table that the model learned from, or its 2 features");
  }

  @Test
  void numbersMayHaveADecimalComma() throws IOException {
    Path file = file("a;b;label~0,5;1,5e-1;no~-2;3;yes~");
    assertRefused(file, labelled(), "'0,5'", "--decimal-comma");
    assertThat(samples(file, labelled().laidOut(decimalComma(null))))
        .containsExactly("0.5 0.15 -> no", "-2.0 3.0 -> yes");
    Path bare = file("0,5;1,5;0~2,5;3,5;1~");
    assertRefused(bare, labelled().named(null, "2"), "'0,5'", "--decimal-comma");
    assertThat(samples(bare, labelled().named(null, "2").laidOut(decimalComma(null))))
        .containsExactly("0.5 1.5 -> 0", "2.5 3.5 -> 1");
    assertThat(
            samples(
                file("a,b,label~\"0,5\",\"1,5\",no~2,3,yes~"),
                labelled().laidOut(decimalComma(','))))
        .containsExactly("0.5 1.5 -> no", "2.0 3.0 -> yes");
    assertRefused(
        file("a;label~0.5;no~1,5;yes~"),
        labelled().laidOut(decimalComma(null)),
        "line 2: column 'a' is '0.5', expected a number with a decimal comma");
  }

  @Test
  void aSeparatorMayBeNamed() throws IOException {
    TextOptions colon =
        new TextOptions(
            Optional.empty(), Optional.of(':'), false, List.of(), List.of(), OptionalInt.empty());
    assertThat(samples(file("a:label~1:no, never~2:yes~"), labelled().laidOut(colon)))
        .containsExactly("1.0 -> no, never", "2.0 -> yes");
  }

  @Test
  void aTableMayHaveOneColumn() throws IOException {
    ReadOptions unlabelled = ReadOptions.unlabelled();
    assertThat(samples(file("hours~2.5~4~~"), unlabelled)).containsExactly("2.5", "4.0");
    assertThat(samples(file("study hours~2.5~4"), unlabelled)).containsExactly("2.5", "4.0");
    assertThat(samples(file("2.5~4~"), unlabelled)).containsExactly("2.5", "4.0");
    assertThat(samples(file("member~True~False~"), unlabelled)).containsExactly("1.0", "0.0");
    assertRefused(file("hours~2.5~4~"), labelled(), "has one column, 'hours'");
    assertRefused(file("hours~2.5~~4~"), unlabelled, "line 3 is blank", "a missing cell");
    assertRefused(file("hours~2.5~\"\"~4~"), unlabelled, "line 3: column 'hours' is empty");
    assertRefused(file("hours~2,5~4~"), unlabelled, "'2,5'", "--decimal-comma");
  }
}
