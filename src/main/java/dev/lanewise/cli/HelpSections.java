// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How {@code --help} is laid out: descriptions as paragraphs of the terminal's width, and the
 * options of a command that has many of them in groups.
 */
final class HelpSections {

  private static final int MANY = 20;
  private static final String OTHERS = "Training";
  private static final String OUTPUT = "Output";
  private static final String EVERYWHERE = "All commands";

  /** The groups in their order, and the mixins that declare the options of each. */
  private static final Map<String, List<Class<?>>> GROUPS = groups();

  private HelpSections() {}

  private static Map<String, List<Class<?>>> groups() {
    Map<String, List<Class<?>>> groups = new LinkedHashMap<>();
    groups.put(
        "Data",
        List.of(
            DataMixin.class,
            NameOptions.class,
            LayoutMixin.class,
            TableMixin.class,
            LabelMixin.class,
            PositiveOption.class,
            SizeOption.class,
            StrictOption.class,
            MapOption.class,
            ScaleOption.class,
            WeightsOption.class));
    groups.put(
        OTHERS,
        List.of(LearningMixin.class, InterceptOption.class, PenaltyMixin.class, FromOption.class));
    groups.put("Stochastic gradient descent", List.of(SgdMixin.class));
    groups.put(
        "Judging",
        List.of(
            CurveMixin.class,
            ThresholdOptions.class,
            SummaryOptions.class,
            CalibrationOption.class));
    groups.put(
        OUTPUT,
        List.of(
            ReportOption.class,
            SweepReportOption.class,
            PlotOption.class,
            CheckpointMixin.class,
            JsonOption.class,
            ForceOption.class));
    groups.put("Execution", List.of(ExecutionOptions.class, KernelOptions.class));
    groups.put(EVERYWHERE, List.of());
    return groups;
  }

  /** Lays out the help of a program and of its commands. */
  static void set(CommandLine program) {
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(program.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpSections::description);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::options);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpSections::commands);
    program.setHelpSectionMap(sections);
  }

  private static String description(Help help) {
    UsageMessageSpec usage = help.commandSpec().usageMessage();
    String[] paragraph = {paragraph(usage.description())};
    return Help.join(
            help.colorScheme().ansi(),
            usage.width(),
            usage.adjustLineBreaksForWideCJKCharacters(),
            paragraph,
            new StringBuilder())
        .toString();
  }

  private static String paragraph(String[] lines) {
    return String.join(" ", lines);
  }

  /** Each command with the first sentence of its description. */
  private static String commands(Help help) {
    int longest = help.subcommands().keySet().stream().mapToInt(String::length).max().orElse(0);
    int left = longest + 4;
    int right = help.commandSpec().usageMessage().width() - left;
    Help.TextTable table =
        Help.TextTable.forColumns(
            help.colorScheme(),
            new Help.Column(left, 2, Help.Column.Overflow.SPAN),
            new Help.Column(right, 0, Help.Column.Overflow.WRAP));
    help.subcommands()
        .forEach(
            (name, command) -> {
              String all = paragraph(command.commandSpec().usageMessage().description());
              table.addRowValues(name, all.replaceFirst("\\. .*", "."));
            });
    return table.toString();
  }

  private static String options(Help help) {
    List<OptionSpec> options =
        help.commandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(HelpSections::shown)
            .sorted(Comparator.comparing(HelpSections::name))
            .toList();
    if (options.size() < MANY) {
      return list(help, options);
    }
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    GROUPS.keySet().forEach(heading -> groups.put(heading, new ArrayList<>()));
    Map<String, Class<?>> declared = new HashMap<>();
    declared(help.commandSpec(), declared);
    options.forEach(option -> groups.get(headingOf(option, declared)).add(option));
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (heading, some) -> {
          if (!some.isEmpty()) {
            text.append("\n").append(heading).append(":\n").append(list(help, some));
          }
        });
    return text.toString();
  }

  /** The option with its description in one piece, and its default said once. */
  private static OptionSpec shown(OptionSpec option) {
    String description = paragraph(option.description());
    OptionSpec.Builder shown =
        OptionSpec.builder(option).names(option.names()).description(description);
    if (description.contains("efault") || "[]".equals(option.defaultValueString())) {
      shown.showDefaultValue(Help.Visibility.NEVER);
    }
    return shown.build();
  }

  private static String list(Help help, List<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout();
    layout.addOptions(options, help.createDefaultParamLabelRenderer());
    return layout.toString();
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private static String headingOf(OptionSpec option, Map<String, Class<?>> declared) {
    Class<?> mixin = declared.getOrDefault(option.longestName(), Object.class);
    if (option.inherited() || option.usageHelp() || option.versionHelp()) {
      return EVERYWHERE;
    }
    if (option.longestName().equals("--model")) {
      return OUTPUT;
    }
    return GROUPS.entrySet().stream()
        .filter(group -> group.getValue().contains(mixin))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OTHERS);
  }

  /** Notes which mixin each option is from, of mixins in mixins the inner one. */
  private static void declared(CommandSpec spec, Map<String, Class<?>> byOption) {
    for (CommandSpec mixin : spec.mixins().values()) {
      for (OptionSpec option : mixin.options()) {
        byOption.put(option.longestName(), mixin.userObject().getClass());
      }
      declared(mixin, byOption);
    }
  }
}
