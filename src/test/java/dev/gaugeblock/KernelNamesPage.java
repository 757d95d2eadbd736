package dev.gaugeblock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The list of names that a reader looks for, held against the places that the sources claim:
 * {@code docs/kernel-names.md}.
 */
final class KernelNamesPage {
    private record Heading(String title, List<String> names) {}

    private static final String SOURCES = "../src/main/java/dev/gaugeblock/";

    private final KernelNames sources;
    private final List<Heading> headings = new ArrayList<>();
    private final Map<String, String> whyNone = new TreeMap<>();
    private final Map<String, String> whySeveral = new TreeMap<>();

    /**
     * Reads a list.
     *
     * @param list lines "heading: names", "- name: reason", "+ name: reason", or comments after a #
     */
    KernelNamesPage(KernelNames sources, List<String> list) {
        this.sources = sources;
        for (String line : list) {
            int colon = line.indexOf(": ");
            if (line.startsWith("#")) {
                continue;
            }
            if (colon < 0) {
                throw new IllegalArgumentException("a line of the list of names has no \": \": \"" + line + "\"");
            }
            String rest = line.substring(colon + 2).strip();
            if (line.startsWith("- ")) {
                whyNone.put(line.substring(2, colon), rest);
            } else if (line.startsWith("+ ")) {
                whySeveral.put(line.substring(2, colon), rest);
            } else {
                headings.add(new Heading(line.substring(0, colon), List.of(rest.split(" +"))));
            }
        }
    }

    /** How many names are listed. */
    int length() {
        return headings.stream().mapToInt(heading -> heading.names().size()).sum();
    }

    /** What is wrong with the list and the sources, in sentences. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> listed = new TreeSet<>();
        for (Heading heading : headings) {
            for (String name : heading.names()) {
                if (!listed.add(name)) {
                    problems.add(name + " is listed twice");
                }
                Set<String> places = sources.placesOf(name);
                if (places.isEmpty() && !whyNone.containsKey(name)) {
                    problems.add(name + " has no place, and no reason why not: name it as {@code " + name
                            + "} in the first sentence of the comment on what implements it");
                }
                if (!places.isEmpty() && whyNone.containsKey(name)) {
                    problems.add(name + " has a reason to have no place, and has " + places);
                }
                if (places.size() > 1 && !whySeveral.containsKey(name)) {
                    problems.add(name + " has several places, and no reason for that: " + places);
                }
                if (places.size() < 2 && whySeveral.containsKey(name)) {
                    problems.add(name + " has a reason to have several places, and has " + places);
                }
            }
        }
        Set<String> unlisted = new TreeSet<>(whyNone.keySet());
        unlisted.addAll(whySeveral.keySet());
        unlisted.removeAll(listed);
        unlisted.forEach(name -> problems.add("there is a reason for " + name + ", which is not listed"));
        return problems;
    }

    /** The page, as Markdown. */
    String text() {
        StringBuilder text = new StringBuilder(
                """
                # Where the kernel's names are

                Each piece of Linux 2.6.11, by its name there, and the file and the member here that stand for it.
                The order is that in which a reader of the kernel's sources meets them.

                The places are read from the sources: a member's comment has the name as `{@code name}` in its first sentence.
                `KernelNamesTest` holds this page against them; where it differs, `cp target/kernel-names.md docs/kernel-names.md` after the test makes it anew.
                """);
        Set<String> others = sources.all();
        for (Heading heading : headings) {
            section(text, heading.title());
            for (String name : heading.names()) {
                row(text, name);
                others.remove(name);
            }
        }
        section(text, "others");
        for (String name : others) {
            row(text, name);
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String title) {
        text.append("\n## ").append(title).append("\n\n| kernel | file | member |\n|---|---|---|\n");
    }

    private void row(StringBuilder text, String name) {
        Set<String> places = sources.placesOf(name);
        if (places.isEmpty()) {
            text.append("| `").append(name).append("` | - | ");
            text.append(whyNone.getOrDefault(name, "?")).append(" |\n");
        }
        for (String place : places) {
            String file = place.replaceFirst("\\..*", ".java").replaceFirst("(?<!\\.java)$", ".java");
            String member = place.substring(place.indexOf('/') + 1);
            text.append("| `")
                    .append(name)
                    .append("` | [")
                    .append(file)
                    .append("](")
                    .append(SOURCES);
            text.append(file).append(") | `").append(member).append("` |\n");
        }
    }
}
