package io.buckbench.cli;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.suite.SuiteColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line about every column, claim, metric and property, for {@code help NAME} and {@code
 * docs/reference.md}.
 */
final class Reference {
  private static final String FILE = "reference.csv";
  private static final String SUITE = "suite";
  private static final List<String> COLUMNS = List.of("topic", "name", "line");

  /**
   * A name.
   *
   * @param topic {@code suite}, the name of another table, {@code claim}, {@code metric} or {@code
   *     property}
   * @param use for a column of a suite: the rows that use it, and what a row has that leaves it
   *     open
   */
  record Entry(String topic, String name, String use, String line) {
    String words() {
      return topic + " " + name + ": " + line + (use.isEmpty() ? "" : " (" + use + ")");
    }
  }

  private final List<Entry> entries;

  private Reference(List<Entry> entries) {
    this.entries = entries;
  }

  /** Reads the reference. */
  static Reference read() {
    List<Entry> entries = new ArrayList<>();
    for (SuiteColumn column : SuiteColumn.ALL) {
      entries.add(new Entry(SUITE, column.name(), use(column), column.line()));
    }
    Problems problems = new Problems();
    for (CsvRow row : CsvTable.parse(Path.of(FILE), text(), COLUMNS, List.of(), problems).rows()) {
      entries.add(new Entry(row.required("topic"), row.required("name"), "", row.required("line")));
    }
    problems.throwIfAny();
    return new Reference(List.copyOf(entries));
  }

  private static String text() {
    try (InputStream in = Reference.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  private static String use(SuiteColumn column) {
    String rows =
        switch (column.use()) {
          case ALL -> "every row";
          case MODEL -> "rows that ask a model";
          case UNTOUCHED -> "rows that ask an untouched model";
          case TRAINED -> "rows that train";
        };
    String open =
        switch (column.presence()) {
          case REQUIRED -> "required";
          case DEFAULTED -> column.value().isEmpty() ? "may be empty" : "default " + column.value();
          case OPTIONAL -> "may be left out";
        };
    return rows + "; " + open;
  }

  /** Everything with a name, in any spelling of its case. */
  List<Entry> find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return entries.stream().filter(entry -> entry.name().equals(wanted)).toList();
  }

  /** Every name of a topic. */
  List<String> names(String topic) {
    return entries.stream().filter(e -> e.topic().equals(topic)).map(Entry::name).toList();
  }

  /** Every name. */
  Set<String> names() {
    return entries.stream().map(Entry::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The whole reference as Markdown, docs/reference.md. */
  String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Reference

            Written by `./buckbench help --all`; `./buckbench help NAME` prints one line. A suite is a CSV file with a row for each
            configuration. A value that a row leaves open is that of the row `defaults` or, without one, the column's own. The keys
            of method files, and of the column `settings`, are PEFT's: [`benchmarks/methods/README.md`](../benchmarks/methods/README.md).
            """);
    List<String> topics = entries.stream().map(Entry::topic).distinct().toList();
    for (String topic : topics) {
      boolean suite = topic.equals(SUITE);
      text.append("\n## ").append(title(topic)).append('\n');
      text.append(suite ? "| column | rows | |\n|---|---|---|\n" : "| name | |\n|---|---|\n");
      for (Entry entry : entries) {
        if (entry.topic().equals(topic)) {
          text.append("| `").append(entry.name()).append("` | ");
          text.append(suite ? entry.use() + " | " : "");
          text.append(entry.line().replace("|", "\\|")).append(" |\n");
        }
      }
    }
    return text.toString();
  }

  private static String title(String topic) {
    return switch (topic) {
      case SUITE -> "A suite's columns";
      case "claim" -> "Kinds of claims";
      case "metric" -> "Metrics";
      case "property" -> "Properties (-DNAME=VALUE)";
      default -> "`benchmarks/" + topic + "`";
    };
  }
}
