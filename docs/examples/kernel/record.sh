#!/bin/sh
# Records what a kernel's page allocator does while a command runs, with snapshots of its memory before and after, for
# gaugeblock check --kernel (docs/kernel-traces.md). Needs root, and nothing but a shell, cp, dd, cat and gzip.
#
#   record.sh FOLDER COMMAND [ARGUMENT]...
#
# BUFFER_KB is the size of the ring of each CPU. TRACEFS and PROC are for other places than the usual ones.
set -eu

[ $# -ge 2 ] || { echo "usage: record.sh FOLDER COMMAND [ARGUMENT]..." >&2; exit 2; }
out=$1
shift
proc=${PROC:-/proc}
tracefs=${TRACEFS:-/sys/kernel/tracing}
[ -e "$tracefs/trace" ] || tracefs=/sys/kernel/debug/tracing
[ -w "$tracefs/trace_marker" ] || { echo "record.sh: cannot write $tracefs/trace_marker: are you root?" >&2; exit 69; }
mkdir -p "$out"
[ ! -e "$out/trace.txt.gz" ] || { echo "record.sh: $out/trace.txt.gz is there already" >&2; exit 2; }

events="mm_page_alloc mm_page_free mm_page_free_batched mm_page_alloc_zone_locked mm_page_pcpu_drain
    mm_page_alloc_extfrag mm_page_free_direct mm_pagevec_free"

enable() {
    for event in $events; do
        if [ -e "$tracefs/events/kmem/$event/enable" ]; then
            echo "$1" > "$tracefs/events/kmem/$event/enable"
        fi
    done
}

# The frames that there are: first and the one after the last, as /proc/iomem has them.
ranges() {
    while read -r bytes colon kind; do
        case "$colon $kind" in
            ": System RAM")
                first=$((0x${bytes%-*}))
                last=$((0x${bytes#*-}))
                from=$(((first + 4095) / 4096))
                to=$(((last + 1) / 4096))
                [ "$to" -le "$from" ] || printf '0x%x 0x%x\n' "$from" "$to"
                ;;
        esac
    done < "$proc/iomem"
}

# Words FROM to TO of kpageflags: eight bytes each, in large pieces where that is possible.
words() {
    from=$1
    to=$2
    while [ "$from" -lt "$to" ]; do
        if [ $((from % 512)) -eq 0 ] && [ $((to - from)) -ge 512 ]; then
            pages=$(((to - from) / 512))
            dd if="$proc/kpageflags" bs=4096 skip=$((from / 512)) count="$pages" 2> /dev/null
            from=$((from + 512 * pages))
        else
            next=$(((from / 512 + 1) * 512))
            [ "$next" -le "$to" ] || next=$to
            dd if="$proc/kpageflags" bs=8 skip="$from" count=$((next - from)) 2> /dev/null
            from=$next
        fi
    done
}

marker() {
    echo "SNAP $1" >> "$tracefs/trace_marker"
}

snapshot() {
    marker "$1 BEGIN"
    for file in buddyinfo zoneinfo vmstat; do
        cat "$proc/$file" > "$out/snap$1.$file.txt"
    done
    marker "$1 KPF_BEGIN"
    if [ -s "$out/kpageflags.ranges.txt" ] && [ -r "$proc/kpageflags" ]; then
        while read -r first end; do
            words $((first)) $((end))
        done < "$out/kpageflags.ranges.txt" > "$out/snap$1.kpageflags.bin"
    fi
    marker "$1 KPF_END"
    marker "$1 END"
}

echo 0 > "$tracefs/tracing_on"
echo nop > "$tracefs/current_tracer"
echo counter > "$tracefs/trace_clock"
echo "${BUFFER_KB:-65536}" > "$tracefs/buffer_size_kb"
: > "$tracefs/trace"
ranges > "$out/kpageflags.ranges.txt"
[ -s "$out/kpageflags.ranges.txt" ] || rm "$out/kpageflags.ranges.txt"
enable 1
echo 1 > "$tracefs/tracing_on"
snapshot 0
status=0
"$@" || status=$?
snapshot 1
echo 0 > "$tracefs/tracing_on"
enable 0
cat "$tracefs/trace" | gzip > "$out/trace.txt.gz"
cat "$tracefs/trace_clock" > "$out/trace_clock.txt"
for cpu in "$tracefs"/per_cpu/cpu*; do
    [ ! -e "$cpu/stats" ] || cat "$cpu/stats" > "$out/stats.${cpu##*/}.txt"
done
for dump in "$out"/snap*.kpageflags.bin; do
    [ ! -e "$dump" ] || gzip -f "$dump"
done
echo "recorded in $out; now: gaugeblock check --kernel --snapshots $out $out/trace.txt.gz"
exit "$status"
