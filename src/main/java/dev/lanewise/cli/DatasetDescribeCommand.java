// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise dataset describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the role of each column of a table: numeric, categorical, label, weight, identifier or",
      "ignored. With --json it prints a file for --columns."
    },
    footer = {
      "%nExample:",
      "  lanewise dataset describe people.csv --json > columns.json",
      "  lanewise train --train people.csv --columns columns.json"
    })
final class DatasetDescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A table.")
  private Path file;

  @Mixin private NameOptions names;

  @Mixin private TableMixin tables;

  @Mixin private LabelMixin labels;

  @Option(
      names = "--weights",
      paramLabel = "NAME",
      description = "The column of the weights of the samples.")
  private String weights;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    String weighing = weights == null ? tables.weights() : weights;
    ReadOptions named = tables.apply(names.unlabelled());
    ReadOptions options = labels.apply(named.weighted(weighing));
    try (Dataset data = Datasets.read(file, options)) {
      if (data.columns().isEmpty()) {
        throw new DataException(
            file.toString(),
            "is " + data.origin().format() + ", expected a table whose columns have roles");
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        JsonObject.print(
            JsonParts.ordered(
                "file", file,
                "rows", data.columns().getFirst().rows(),
                "columns", ColumnsFile.json(data.columns())),
            out);
      } else {
        ColumnTable.print(out, data.columns());
        out.flush();
      }
    }
    return ExitStatus.DONE;
  }
}
