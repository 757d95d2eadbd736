package dev.gaugeblock.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;

/** The lines that something prints. */
final class LinesOf {
    private LinesOf() {}

    static List<String> printed(Consumer<PrintWriter> printing) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        printing.accept(out);
        out.flush();
        return text.toString().lines().toList();
    }
}
