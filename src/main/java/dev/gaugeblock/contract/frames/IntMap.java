package dev.gaugeblock.contract.frames;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An immutable map from numbers. A change makes a new path to it and shares the rest, so that it takes about as long
 * with a thousand entries as with ten.
 *
 * <p>A tree that looks at four bits of a key on each level, lowest first. A child is {@code null}, an entry that stands
 * alone, or an array of children; an array holds at least two entries in all.
 */
public final class IntMap<V extends Object> {
    private static final int BITS = 4;
    private static final int CHILDREN = 1 << BITS;

    private record Entry(int key, Object value) {}

    private final @Nullable Object root;
    private final int size;

    private IntMap(@Nullable Object root, int size) {
        this.root = root;
        this.size = size;
    }

    public static <V extends Object> IntMap<V> empty() {
        return new IntMap<>(null, 0);
    }

    public int size() {
        return size;
    }

    /** The value of a key, or {@code null}. */
    @SuppressWarnings("unchecked") // entries are made in with() alone
    public @Nullable V get(int key) {
        Object child = root;
        for (int rest = key; child instanceof Object[] children; rest >>>= BITS) {
            child = children[rest & CHILDREN - 1];
        }
        return child instanceof Entry entry && entry.key == key ? (V) entry.value : null;
    }

    /** The same with another value for a key. */
    public IntMap<V> with(int key, V value) {
        int grown = get(key) == null ? size + 1 : size;
        return new IntMap<>(put(root, 0, new Entry(key, value)), grown);
    }

    private static Object put(@Nullable Object child, int shift, Entry added) {
        if (child == null || child instanceof Entry entry && entry.key == added.key) {
            return added;
        }
        Object[] children;
        if (child instanceof Object[] before) {
            children = before.clone();
        } else {
            children = new Object[CHILDREN];
            children[index(((Entry) child).key, shift)] = child;
        }
        int index = index(added.key, shift);
        children[index] = put(children[index], shift + BITS, added);
        return children;
    }

    /** The same without a key. */
    public IntMap<V> without(int key) {
        return get(key) == null ? this : new IntMap<>(remove(root, 0, key), size - 1);
    }

    /** Of a child that has the key. */
    private static @Nullable Object remove(@Nullable Object child, int shift, int key) {
        if (!(child instanceof Object[] before)) {
            return null;
        }
        @Nullable Object[] children = before.clone();
        int index = index(key, shift);
        children[index] = remove(children[index], shift + BITS, key);
        @Nullable
        Object[] left = Arrays.stream(children).filter(each -> each != null).toArray();
        return left.length == 1 && left[0] instanceof Entry ? left[0] : children;
    }

    private static int index(int key, int shift) {
        return key >>> shift & CHILDREN - 1;
    }
}
