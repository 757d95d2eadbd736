/*
 * Speaks the protocol of docs/oracle.md for buddy.c: a request on each line of standard input, its answer on a line of
 * standard output. The requests come from gaugeblock, in a fixed form, so that looking for `"name":` is parsing enough.
 */
#include "buddy.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *find(const char *line, const char *name) {
    char key[32];
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *at = strstr(line, key);
    if (at == NULL) {
        fprintf(stderr, "request without %s: %s\n", name, line);
        exit(1);
    }
    return at + strlen(key);
}

static long number(const char *line, const char *name) {
    return strtol(find(line, name), NULL, 10);
}

static int is(const char *line, const char *operation) {
    const char *value = find(line, "op") + 1;
    size_t length = strlen(operation);
    return strncmp(value, operation, length) == 0 && value[length] == '"';
}

static void print_free(void) {
    printf(",\"fp\":[%ld,%ld,%ld]}\n", buddy_free_frames(0), buddy_free_frames(1), buddy_free_frames(2));
}

static void answer(const char *line) {
    static long sizes[ZONES], start;
    printf("{\"i\":%ld", number(line, "i"));
    if (is(line, "alloc")) {
        long gfp = number(line, "gfp");
        int zone = gfp & 1 ? 0 : gfp & 2 ? 2 : 1; /* __GFP_DMA, __GFP_HIGHMEM, neither */
        long frame = buddy_alloc(zone, number(line, "order"));
        if (frame >= 0)
            printf(",\"r\":%ld", frame);
        else
            printf(",\"r\":null");
        print_free();
    } else if (is(line, "free")) {
        if (!buddy_free(number(line, "pfn"), number(line, "order")))
            printf(",\"r\":\"BUG\"");
        print_free();
    } else if (is(line, "drain")) { /* there are no lists but the free lists */
        print_free();
    } else if (is(line, "reset")) {
        buddy_forget();
        printf(",\"also\":[\"drain\"]}\n");
    } else if (is(line, "reserve")) { /* of these frames none may be handed out */
        buddy_reserve(number(line, "pfn"), number(line, "count"));
        printf("}\n");
    } else if (is(line, "zones")) {
        sscanf(find(line, "sizes"), "[%ld,%ld,%ld]", &sizes[0], &sizes[1], &sizes[2]);
        start = number(line, "node_start");
        printf("}\n");
    } else if (is(line, "bootq")) {
        buddy_init(sizes, start);
        printf("}\n");
    } else { /* ncpu: one lock for all of them would do; holes: among the reserved frames */
        printf("}\n");
    }
}

int main(void) {
    static char input[1 << 16];
    size_t length = 0;
    ssize_t got;
    while ((got = read(0, input + length, sizeof input - 1 - length)) > 0) {
        char *line = input, *end;
        length += got;
        input[length] = 0;
        while ((end = strchr(line, '\n')) != NULL) {
            *end = 0;
            answer(line);
            line = end + 1;
        }
        length -= line - input;
        memmove(input, line, length);
        fflush(stdout); /* gaugeblock waits once it has nothing more to ask */
    }
    return 0;
}
