package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a log as it would be printed if somebody had done what a remedy says. */
final class ChangedLog {
    private static final long KB = 4;

    /** As the kernel rounds the shares of zones, so many pages of a share make a difference for certain. */
    private static final long ROUNDING = 2;

    private static final Pattern VALUE = Pattern.compile(
            "vm\\.min_free_kbytes = (\\d+)|vm\\.lowmem_reserve_ratio of .+? = (\\d+)|(?:with )?(\\d+) pages? (?:more free|less)"
                    + "|a request of order (\\d+)");

    private String text;
    private final Explanation explanation;
    private final Remedy remedy;

    private ChangedLog(String text, Explanation explanation, Remedy remedy) {
        this.text = text;
        this.explanation = explanation;
        this.remedy = remedy;
    }

    /** Whether a remedy names a number of which the least that does is looked for. */
    static boolean hasValue(Remedy remedy) {
        return VALUE.matcher(remedy.says()).find() && !remedy.id().equals("smaller-order");
    }

    private static long value(Remedy remedy) {
        Matcher matcher = VALUE.matcher(remedy.says());
        if (!matcher.find()) {
            throw new AssertionError("no value in: " + remedy.says());
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Long.parseLong(matcher.group(group));
            }
        }
        throw new AssertionError(remedy.says());
    }

    /** The log after the remedy; with {@code less}, after so many steps less of it. */
    static String with(String text, Explanation explanation, Remedy remedy, int less) {
        ChangedLog log = new ChangedLog(text, explanation, remedy);
        log.apply(less);
        return log.text;
    }

    private void apply(int less) {
        ZoneDump zone = zone();
        switch (remedy.id()) {
            case "per-cpu-lists" -> change("free", free -> free + amount(zone, "free_pcp"));
            case "boost" -> {
                long boost = amount(zone, "boost");
                List.of("min", "low", "high").forEach(mark -> change(mark, kb -> kb - boost));
                change("boost", kb -> 0);
            }
            case "compaction" -> lists(compacted(amount(zone, "free") / KB));
            case "smaller-order" -> text = text.replaceFirst("order([:=])\\d+", "order$1" + value(remedy));
            case "gfp-high" -> mask(0x20, "__GFP_HIGH");
            case "gfp-zone" -> mask(0x2, "__GFP_HIGHMEM");
            case "watermark-scale-factor" ->
                change("high", kb -> {
                    long min = amount(zone, "min") / KB;
                    return (min + 2 * Math.max(min / 4, amount(zone, "managed") / KB / 10_000)) * KB;
                });
            case "min_free_kbytes" -> minFree(value(remedy), less);
            case "lowmem_reserve_ratio" -> ratio(value(remedy) - less);
            case "cma" -> cma(less);
            case "highatomic" -> change("reserved_highatomic", kb -> kb - (value(remedy) - less) * KB);
            case "nodes" -> text = text.replaceFirst("mems_allowed=\\d+", "mems_allowed=0-1");
            case "free-pages" -> {
                long more = value(remedy) - less;
                change("free", kb -> kb + more * KB);
                Matcher list = list().matcher(text);
                if (list.find()) {
                    long singles = Long.parseLong(list.group(2)) + more;
                    text = list.replaceFirst("$1" + singles + "*4kB$3");
                    text = text.replaceFirst("(" + name() + ": \\d+\\*4kB.*= )\\d+kB", "$1" + sum(text) + "kB");
                }
            }
            default -> throw new AssertionError("no such remedy: " + remedy.id());
        }
    }

    private ZoneDump zone() {
        return explanation.zones().stream()
                .map(ZoneAnswer::dump)
                .filter(dump -> dump.label().equals(remedy.zone()))
                .findFirst()
                .orElseThrow();
    }

    /** How the dump begins the zone's lines. */
    private String name() {
        ZoneDump zone = zone();
        return (zone.node() == 0 ? "" : "Node " + zone.node() + " ") + "\\b"
                + zone.type().label();
    }

    private static long amount(ZoneDump zone, String name) {
        Long pages = zone.pages(name);
        return pages == null ? 0 : pages * KB;
    }

    private void change(String amount, LongUnaryOperator change) {
        change(name(), amount, change);
    }

    private void change(String name, String amount, LongUnaryOperator change) {
        Matcher matcher = Pattern.compile("(" + name + " free:.*?\\b|" + name + " )" + amount + ":(\\d+)([kK]B)")
                .matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + amount + " of " + name + " in " + text);
        }
        long changed = change.applyAsLong(Long.parseLong(matcher.group(2)));
        text = text.substring(0, matcher.start(2)) + changed + text.substring(matcher.end(2));
    }

    private Pattern list() {
        return Pattern.compile("(" + name() + ": )(\\d+)\\*4kB(.*)");
    }

    private void lists(String blocks) {
        text = list().matcher(text).replaceFirst("$1" + blocks);
    }

    private long sum(String changed) {
        Matcher list = list().matcher(changed);
        if (!list.find()) {
            throw new AssertionError(changed);
        }
        Matcher each = Pattern.compile("(\\d+)\\*(\\d+)kB").matcher(list.group());
        long sum = 0;
        while (each.find()) {
            sum += Long.parseLong(each.group(1)) * Long.parseLong(each.group(2));
        }
        return sum;
    }

    private static String compacted(long pages) {
        List<String> blocks = new ArrayList<>();
        for (int order = 0; order < 10; order++) {
            blocks.add((pages >> order & 1) + "*" + (KB << order) + "kB");
        }
        blocks.add((pages >> 10) + "*4096kB");
        return String.join(" ", blocks) + " = " + pages * KB + "kB";
    }

    private void mask(long bit, String name) {
        Matcher mask =
                Pattern.compile("(mode:|gfp_mask=)0x([0-9a-f]+)(\\(.*?\\))?").matcher(text);
        if (!mask.find()) {
            throw new AssertionError(text);
        }
        String names = mask.group(3);
        long bits = Long.parseLong(mask.group(2), 16) | bit;
        String changed = mask.group(1) + "0x" + Long.toHexString(bits)
                + (names == null ? "" : names.replace(")", "|" + name + ")"));
        text = text.substring(0, mask.start()) + changed + text.substring(mask.end());
    }

    private List<ZoneDump> low() {
        return explanation.zones().stream()
                .map(ZoneAnswer::dump)
                .filter(dump -> dump.type().compareTo(ZoneType.HIGHMEM) < 0)
                .toList();
    }

    /** Each zone's {@code min} is its share, and the other marks stand above it as before, or by the scale factor. */
    private void minFree(long value, int less) {
        long now = low().stream()
                .mapToLong(zone -> amount(zone, "min") - amount(zone, "boost"))
                .sum();
        ZoneDump zone = zone();
        long boost = amount(zone, "boost") / KB;
        long min = amount(zone, "min") / KB - boost;
        long high = amount(zone, "high") / KB - boost;
        long kilobytes = value + less * ROUNDING * now / min;
        long newMin = min * kilobytes / now;
        boolean scaled = amount(zone, "managed") > 0 && high - min > min / 2 + 2;
        long newHigh = scaled ? newMin + high - min : high * kilobytes / now;
        change("min", kb -> (newMin + boost) * KB);
        change("low", kb -> (newMin + boost) * KB);
        change("high", kb -> (newHigh + boost) * KB);
    }

    /** The reserve is the memory of the zones above, over the ratio. */
    private void ratio(long ratio) {
        ZoneAnswer answer = explanation.zones().stream()
                .filter(each -> each.dump() == zone())
                .findFirst()
                .orElseThrow();
        var numbers = answer.numbers();
        if (numbers == null) {
            throw new AssertionError(answer.says());
        }
        long old = numbers.reserve();
        long above = explanation.zones().stream()
                .filter(each -> each.state() != ZoneAnswer.State.NOT_PERMITTED)
                .map(ZoneAnswer::dump)
                .filter(dump -> dump.type().compareTo(answer.dump().type()) > 0)
                .mapToLong(dump -> amount(dump, dump.pages("managed") == null ? "present" : "managed") / KB)
                .sum();
        Matcher line = Pattern.compile(name() + " free:.*\n.*\\[\\]:(.*)").matcher(text);
        if (!line.find()) {
            throw new AssertionError(text);
        }
        String reserves = line.group(1).replaceAll("\\b" + old + "\\b", Long.toString(above / ratio));
        text = text.substring(0, line.start(1)) + reserves + text.substring(line.end(1));
    }

    private void cma(int less) {
        if (remedy.says().contains("without it")) {
            change("free_cma", kb -> 0);
            text = text.replaceAll("\\(([A-Z]*)C([A-Z]*)\\)", "($1M$2)");
        } else {
            change("free_cma", kb -> kb - (value(remedy) - less) * KB);
        }
    }
}
