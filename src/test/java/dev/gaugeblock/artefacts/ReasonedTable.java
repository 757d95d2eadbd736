package dev.gaugeblock.artefacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table at the end of a page: what is left over of some methods, as a number, and why that is right. Methods are
 * named by class and name, as in {@code mm/Node zonelist}; a row may stand for several of one class.
 */
final class ReasonedTable {
    private static final String NO_REASON = "WHY?";
    private static final Pattern ROW = Pattern.compile("\\| (`[a-z]+/.*?) \\| (\\d+) \\| (.*) \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final String head;
    private final IntFunction<String> says;

    /** A row of the page: its methods, each with its class, how much is left over, and why. */
    private record Row(List<String> methods, int count, String why) {}

    /**
     * A table.
     *
     * @param counted the heading of its numbers
     * @param says what a number means, as a sentence goes on
     */
    ReasonedTable(String counted, IntFunction<String> says) {
        this.head = "| method | " + counted + " | why |\n| --- | --- | --- |\n";
        this.says = says;
    }

    private static List<Row> rows(String page) {
        List<Row> rows = new ArrayList<>();
        for (String line : page.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Matcher name = NAME.matcher(row.group(1));
                List<String> names = new ArrayList<>();
                while (name.find()) {
                    names.add(name.group(1));
                }
                if (row.group(1).contains("the constructor")) {
                    names.add("<init>");
                }
                List<String> methods = names.stream()
                        .skip(1)
                        .map(method -> names.get(0) + " " + method)
                        .toList();
                rows.add(new Row(methods, Integer.parseInt(row.group(2)), row.group(3)));
            }
        }
        return rows;
    }

    /** What the page does not say of these methods, or gives no reason for; in sentences. */
    List<String> differences(String page, Map<String, Integer> counts) {
        List<String> differences = new ArrayList<>();
        Map<String, Integer> left = new TreeMap<>(counts);
        for (Row row : rows(page)) {
            int count = row.methods.stream()
                    .mapToInt(name -> counts.getOrDefault(name, 0))
                    .sum();
            row.methods.forEach(left::remove);
            if (count > row.count) {
                differences.add(row.methods + ": " + says.apply(count) + ", the page says " + row.count);
            }
            if (row.why.isBlank() || row.why.equals(NO_REASON)) {
                differences.add(row.methods + ": the page gives no reason");
            }
        }
        left.forEach((name, count) -> differences.add(name + ": " + says.apply(count) + ", and the page has no row"));
        return differences;
    }

    /** The page with a row for each method, and for those that it had no row for a reason to be given. */
    String written(String page, Map<String, Integer> counts) {
        Map<String, String> reasons = new TreeMap<>();
        for (Row row : rows(page)) {
            row.methods.forEach(method -> reasons.put(method, row.why));
        }
        StringBuilder table = new StringBuilder(head);
        new TreeMap<>(counts).forEach((name, count) -> {
            String[] words = name.split(" ");
            String method = words[1].equals("<init>") ? "the constructor" : "`" + words[1] + "`";
            table.append("| `").append(words[0]).append("`, ").append(method);
            table.append(" | ").append(count);
            table.append(" | ").append(reasons.getOrDefault(name, NO_REASON)).append(" |\n");
        });
        return page.substring(0, page.indexOf(head)) + table;
    }
}
