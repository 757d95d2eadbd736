package dev.gaugeblock.kernel.log;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a dump says of one zone: its amounts, its reserves, its lists of free blocks. */
final class ZoneText {
    private static final Set<String> AMOUNTS = Set.of(
            "free",
            "min",
            "low",
            "high",
            "boost",
            "reserved_highatomic",
            "free_highatomic",
            "present",
            "managed",
            "free_pcp",
            "free_cma",
            "active_anon");

    private static final Pattern AMOUNT = Pattern.compile("([a-z_]+)(?:\\([a-z]+\\))?:\\s?(\\S*)");
    private static final Pattern KILOBYTES = Pattern.compile("(\\d{1,12})[kK]B,?");
    private static final Pattern RESERVE = Pattern.compile("\\G\\s*(\\d{1,12})(?=\\s|$)");
    private static final Pattern BLOCKS =
            Pattern.compile("\\G\\s*(?:(\\d{1,12})\\*(\\d{1,9})kB|\\(([A-Z]+)\\)|=\\s*(\\d{1,15})kB)");

    private static final Pattern MORE_AMOUNTS = Pattern.compile("[a-z_]+(?:\\([a-z]+\\))?:\\d+[kK]?B?\\b");
    private static final Pattern MORE_BLOCKS = Pattern.compile("\\d+\\*\\d+kB|\\([A-Z]+\\)|= ?\\d+kB");

    private static final Pattern SUM = Pattern.compile("\\d{1,15}kB");

    private ZoneText() {}

    /** Reads amounts such as {@code min:68kB}; what is wrong with them, empty if nothing. */
    static String amounts(ZoneDump zone, String text) {
        String problem = "";
        Matcher each = AMOUNT.matcher(text);
        while (each.find()) {
            String name = String.valueOf(each.group(1));
            if (AMOUNTS.contains(name)) {
                Matcher kilobytes = KILOBYTES.matcher(String.valueOf(each.group(2)));
                if (kilobytes.matches()) {
                    boolean one = zone.put(name, Long.parseLong(String.valueOf(kilobytes.group(1))));
                    problem = one ? problem : name + " is printed twice";
                } else {
                    problem = name + " is not a number of kB";
                }
            }
        }
        return problem;
    }

    /** Reads reserves, one number for each kind of zone. */
    static String reserve(ZoneDump zone, String text) {
        Matcher each = RESERVE.matcher(text);
        int end = 0;
        while (each.find()) {
            zone.addReserve(Long.parseLong(String.valueOf(each.group(1))));
            end = each.end();
        }
        String rest = text.substring(end).strip();
        boolean garbled = !rest.isEmpty() && (end == 0 || !Character.isLetter(rest.charAt(0)));
        if (garbled || !zone.hasReserve()) {
            zone.breakReserve();
            return "the reserves are not numbers of pages";
        }
        return "";
    }

    /** Reads free blocks such as {@code 46*4kB (UM)}, and their sum. */
    static String blocks(ZoneDump zone, String text) {
        Matcher each = BLOCKS.matcher(text);
        int end = 0;
        boolean right = true;
        while (right && !zone.isListsEnded() && each.find()) {
            end = each.end();
            if (each.group(1) != null) {
                right = zone.addBlocks(
                        Long.parseLong(String.valueOf(each.group(1))), Long.parseLong(String.valueOf(each.group(2))));
            } else if (each.group(3) != null) {
                zone.setTypes(String.valueOf(each.group(3)));
            } else {
                zone.endLists(Long.parseLong(String.valueOf(each.group(4))));
            }
        }
        String rest = text.substring(end).strip();
        if (rest.equals("=")) {
            zone.awaitSum();
        } else if (!right || !zone.isListsEnded() && !rest.isEmpty()) {
            zone.breakLists();
            return "the free blocks break off, or are not of twice the size of those before them";
        }
        return "";
    }

    /** Whether a line goes on with amounts, after a line that was wrapped. */
    static boolean goesOnWithAmounts(String text) {
        return MORE_AMOUNTS.matcher(text).lookingAt();
    }

    /** Whether a line goes on with free blocks. */
    static boolean goesOnWithBlocks(String text) {
        return MORE_BLOCKS.matcher(text).lookingAt();
    }

    /** Whether a line begins with the sum of free blocks, after a line that was wrapped before it. */
    static boolean isSum(String text) {
        return SUM.matcher(text).matches();
    }
}
