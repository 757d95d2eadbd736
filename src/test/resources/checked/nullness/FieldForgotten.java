// expect: initialization.fields.uninitialized
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A constructor leaves a field null that must not be. */
final class FieldForgotten {
    private final @Nullable PageFrame none;
    private PageFrame some;

    FieldForgotten() {
        none = null;
    }
}
