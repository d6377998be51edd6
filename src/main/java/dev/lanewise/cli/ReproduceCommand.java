// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.LanewiseVersion;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise reproduce}. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model again, as its file says it was trained, and tells whether the same bits come",
      "out. The exit status is 0 if they do, and 5 if not; then it names what differs: data, options,",
      "the version of the contract, or numbers."
    },
    footer = {"%nExample:", "  lanewise reproduce cats.h5 --train train_catvnoncat.h5"})
final class ReproduceCommand implements Callable<Integer> {

  static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String PREDICATE =
      "https://github.com/lanewise/lanewise/blob/main/docs/audit.md#predicate-v1";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model that train wrote.")
  private Path file;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The samples that it was trained on (default: the drawn pictures of cats, as for train).")
  private Path train;

  @Option(
      names = "--from",
      paramLabel = "M",
      description = "The model that training started from, if it started from one.")
  private Path from;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = {
        "Train with this option of train in the place of the model's, for instance l2=1 or labels=y;",
        "several times for several."
      })
  private Map<String, String> changed = new LinkedHashMap<>();

  @Mixin private MapOption map;

  @Mixin private ExecutionOptions execution;

  @Option(
      names = "--json",
      description = "Print the result as an in-toto statement, which can be signed.")
  private boolean json;

  @Override
  public Integer call() {
    execution.check();
    Model model = ModelFile.read(file);
    Reproduction reproduction = Reproduction.of(model, retrain(model));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonObject.print(statement(reproduction), out);
    } else {
      tell(reproduction, out);
    }
    out.flush();
    return reproduction.isReproduced() ? ExitStatus.DONE : ExitStatus.DIFFERS;
  }

  private TrainCommand.Retrained retrain(Model model) {
    String started = model.provenance().options().get("from");
    if (started != null && from == null) {
      throw new ParameterException(
          spec.commandLine(),
          "training started from a model with weights of SHA-256 "
              + started
              + "; name its file with --from");
    }
    List<String> words = new ArrayList<>(List.of("--quiet", "train"));
    words.addAll(TrainingArguments.of(model, changed));
    addFile(words, "--train", train);
    addFile(words, "--from", from);
    for (String name : List.of("--kernel", "--lanes", "--threads", "--map")) {
      CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
      if (parsed.hasMatchedOption(name)) {
        words.add(name + "=" + parsed.matchedOption(name).originalStringValues().getFirst());
      }
    }
    TrainCommand command = new TrainCommand();
    CommandLine line =
        new CommandLine(new LanewiseCommand())
            .addSubcommand("train", command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setTrimQuotes(false)
            .setErr(new PrintWriter(Writer.nullWriter()))
            .setOut(new PrintWriter(Writer.nullWriter()));
    try {
      line.parseArgs(words.toArray(String[]::new));
      return command.retrain(
          TrainingArguments.roles(model.provenance()), model.provenance().data().digest());
    } catch (ParameterException e) {
      throw new ParameterException(
          spec.commandLine(),
          "the model cannot be trained again as its file says: " + e.getMessage(),
          e);
    }
  }

  private static void addFile(List<String> words, String option, Path path) {
    if (path != null) {
      words.add(option + "=" + path);
    }
  }

  private void tell(Reproduction reproduction, PrintWriter out) {
    Model model = reproduction.model();
    Provenance before = model.provenance();
    DataProvenance data = before.data();
    Text.line(out, "Model       %s, weights SHA-256 %s", file, model.weightsSha256());
    Text.line(
        out,
        "Trained     %s by lanewise %s, contract %s, %s",
        before.trainedAt(),
        before.lanewise(),
        before.contract() == 0 ? "unknown" : before.contract(),
        Describe.kernel(before.kernel(), before.lanes(), before.threads()));
    Text.line(out, "            options %s", before.options());
    if (!before.arguments().isEmpty()) {
      Text.line(out, "            arguments %s", String.join(" ", before.arguments()));
    }
    Text.line(out, "            on %s, SHA-256 %s", data.source(), data.sha256());
    Provenance after = reproduction.again().provenance();
    Text.line(
        out,
        "Again       by lanewise %s, contract %d, %s",
        after.lanewise(),
        after.contract(),
        Describe.kernel(after.kernel(), after.lanes(), after.threads()));
    for (Reproduction.Difference difference : reproduction.differences()) {
      Text.line(
          out,
          "Differs     %s, %s: '%s' in the model, '%s' here",
          difference.kind().id(),
          difference.what(),
          difference.inModel(),
          difference.found());
    }
    Text.line(
        out,
        "Reproduced  %s",
        reproduction.isReproduced()
            ? "yes, all bits are the same"
            : reproduction.isFault()
                ? "no, although data and options are the same: the file says something else than what"
                    + " was done, or Lanewise has a fault"
                : "no");
  }

  private Map<String, Object> statement(Reproduction reproduction) {
    Model model = reproduction.model();
    Model again = reproduction.again();
    Map<String, Object> made = JsonParts.provenance(again.provenance());
    made.put("weightsSha256", again.weightsSha256());
    Map<String, Object> told = JsonParts.provenance(model.provenance());
    told.put("weightsSha256", model.weightsSha256());
    return JsonParts.ordered(
        "_type",
        STATEMENT,
        "subject",
        List.of(
            JsonParts.ordered(
                "name", file.getFileName().toString(), "digest", Map.of("sha256", fileSha256()))),
        "predicateType",
        PREDICATE,
        "predicate",
        JsonParts.ordered(
            "reproduced", reproduction.isReproduced(),
            "differences", reproduction.json(),
            "verifier",
                JsonParts.ordered(
                    "lanewise", LanewiseVersion.current(), "contract", LanewiseVersion.CONTRACT),
            "model", told,
            "reproduction", made));
  }

  private String fileSha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw DataException.unreadable(file.toString(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
