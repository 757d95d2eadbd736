import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An allocator that speaks the drive protocol: the lowest aligned run of free frames in the zones of a request. */
public final class Unknown {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    private int[] sizes = new int[3];
    private int start;
    private boolean[] free = new boolean[0];
    private boolean[] reserved = new boolean[0];

    public static void main(String[] words) throws IOException {
        Unknown allocator = new Unknown();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println("{\"i\":" + number(line, "i") + allocator.answer(line) + "}");
            System.out.flush();
        }
    }

    private String answer(String line) {
        String op = line.replaceFirst(".*\"op\":\"", "").replaceFirst("\".*", "");
        switch (op) {
            case "reset":
                return ",\"also\":[],\"declares\":{\"held\":\"none\"}";
            case "zones":
                begin(line);
                return "";
            case "reserve":
                Arrays.fill(reserved, number(line, "pfn") - start, number(line, "pfn") - start + number(line, "count"), true);
                return "";
            case "bootq":
                for (int i = 0; i < free.length; i++) {
                    free[i] = !reserved[i];
                }
                return "";
            case "alloc":
                int found = alloc(number(line, "gfp"), number(line, "order"));
                return ",\"r\":" + (found < 0 ? "null" : Integer.toString(start + found)) + counts();
            case "free":
                int first = number(line, "pfn") - start;
                Arrays.fill(free, first, first + (1 << number(line, "order")), true);
                return counts();
            default:
                return "";
        }
    }

    private void begin(String line) {
        Matcher matcher = NUMBER.matcher(line.replaceFirst(".*\"sizes\":", ""));
        for (int zone = 0; zone < 3 && matcher.find(); zone++) {
            sizes[zone] = Integer.parseInt(matcher.group());
        }
        start = number(line, "node_start");
        free = new boolean[sizes[0] + sizes[1] + sizes[2]];
        reserved = new boolean[free.length];
    }

    private int alloc(int gfp, int order) {
        int last = (gfp & 1) != 0 ? 0 : (gfp & 2) != 0 ? 2 : 1;
        for (int zone = last; zone >= 0; zone--) {
            int found = order > 10 ? -1 : allocIn(zone, 1 << order);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    private int allocIn(int zone, int frames) {
        int first = first(zone);
        for (int at = first; at + frames <= first + sizes[zone]; at += frames) {
            if (isFree(at, frames)) {
                Arrays.fill(free, at, at + frames, false);
                return at;
            }
        }
        return -1;
    }

    private int first(int zone) {
        int first = 0;
        for (int each = 0; each < zone; each++) {
            first += sizes[each];
        }
        return first;
    }

    private boolean isFree(int at, int frames) {
        for (int i = at; i < at + frames; i++) {
            if (!free[i]) {
                return false;
            }
        }
        return true;
    }

    private String counts() {
        StringBuilder text = new StringBuilder();
        for (int zone = 0; zone < 3; zone++) {
            int count = 0;
            for (int i = first(zone); i < first(zone) + sizes[zone]; i++) {
                count += free[i] ? 1 : 0;
            }
            text.append(zone == 0 ? "" : ",").append(count);
        }
        return ",\"fp\":[" + text + "]";
    }

    private static int number(String line, String key) {
        Matcher matcher = NUMBER.matcher(line.replaceFirst(".*\"" + key + "\":", ""));
        return matcher.find() ? Integer.parseInt(matcher.group()) : 0;
    }
}
