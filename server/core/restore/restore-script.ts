// The script that the restore unit runs: constant text. What is to be done is data beside it (steps.sh, with the commands
// that a plan would give, and their inputs).
//
// It makes what is missing and leaves alone what is there, so it may run at any time: after a boot, after a restart of
// Open vSwitch, by hand. Every step is tried, because none can do harm without the others: bridges are secure, so what has
// no flows forwards nothing. Only a VM is not started where a filter could not be written: a Linux bridge would forward what it
// sends. It must not change what carries no mark of ours.

import { RESTORE_RUN_DIRECTORY } from '../host/restore-unit'

/**
 * `ip -o link`, `ip -o address` and `ip rule`, and links of other namespaces behind `@NAMESPACE`, then the batch: prints the lines still to be done. What is set already is not set again:
 * Open vSwitch hears of it, and now and then a packet was lost in such a run. What stands on the tap of a VM that is off is not missing. A
 * labelled address is that of the tunnels, which a host may have on any device and with any prefix (DIFF-9): a second copy and its
 * connected route would draw the underlay away. Exit code 3: a foreign device has the name of one of ours.
 */
export const LINKS_TO_DO = String.raw`
function isSet(  text, flags, word) {
  if (!($4 in shown)) return 0
  text = shown[$4] " "
  match(text, /<[^>]*>/)
  flags = "," substr(text, RSTART + 1, RLENGTH - 2) ","
  for (word = 5; word <= NF; word++) {
    if ($word == "up") { if (!index(flags, ",UP,")) return 0 }
    else if ($word " " $(word + 1) == "promisc on") { if (!index(flags, ",PROMISC,")) return 0; word++ }
    else if ($word ~ /^(alias|mtu|master)$/) { if (!index(text, " " $word " " $(word + 1) " ")) return 0; word++ }
    else return 0
  }
  return 1
}
function bare(cidr) { sub(/\/.*/, "", cidr); return cidr }
function ruleOf(text) { gsub(/ \[detached\]/, "", text); gsub(/\/32 /, " ", text); sub(/ proto [^ ]+ *$/, "", text); sub(/ +$/, "", text); return text }
FILENAME == ARGV[1] && ($2 == "from" || $2 == "not") { text = $0; sub(/^[0-9]+:[ \t]*/, "", text); have["rule", $1, ruleOf(text)]; next }
FILENAME == ARGV[1] && /^@/ { name = $3; sub(/[:@].*/, "", name); inside[substr($1, 2), name] = / alias tapline:/ ? "ours" : "foreign"; next }
FILENAME == ARGV[1] && $3 ~ /^inet6?$/ { have["address", $4, $2]; held[bare($4)]; next }
FILENAME == ARGV[1] { name = $2; sub(/[:@].*/, "", name); shown[name] = $0; links[name] = / alias tapline:/ ? "ours" : "foreign"; next }
$1 " " $2 == "link add" && $5 == "netns" {
  if (!(($6, $4) in inside)) print
  else if (inside[$6, $4] == "foreign") { code = 3; print "tapline-restore: " $4 " is in " $6 " and is not ours: left alone" > "/dev/stderr" }
  next
}
$1 " " $2 == "link add" {
  name = $3 == "link" ? $6 : $4
  if ($3 == "link" && $4 ~ /^tap/ && !($4 in links)) absent[name]
  else if (!(name in links)) print
  else if (links[name] == "foreign") { foreign[name]; code = 3; print "tapline-restore: " name " is there and is not ours: left alone" > "/dev/stderr" }
  next
}
$1 " " $2 == "link set" && (($4 in foreign) || ($4 in absent)) { next }
$1 " " $2 == "link set" && $5 == "netns" && !($4 in links) { next }
$1 " " $2 == "link set" && isSet() { next }
$1 " " $2 " " $4 == "address replace dev" && ($6 == "label" ? bare($3) in held : ("address", $3, $5) in have) { next }
$1 " " $2 == "rule add" { text = $0; sub(/^rule add /, "", text); sub(/ priority [0-9]+$/, "", text) }
$1 " " $2 == "rule add" && (("rule", $NF ":", ruleOf(text)) in have) { next }
{ print }
END { exit code }
`

/** `bridge fdb`, then the batch: an entry with many destinations is appended to, and must not be appended twice. */
export const ENTRIES_TO_DO = String.raw`
FILENAME == ARGV[1] { have[$1, $3, $5]; next }
($3, $5, $7) in have { next }
{ print }
`

/**
 * iptables-save, then the input of iptables-restore: without the jumps that are there. Our own chains are written whole. The
 * first may be empty (a fresh namespace has no tables), so the files are told apart by name.
 */
export const TABLES_TO_DO = String.raw`
/^\*/ { table = $0 }
FILENAME == ARGV[1] { have[table, $0]; next }
/^-I / { jump = $0; sub(/^-I/, "-A", jump) }
/^-I / && ((table, jump) in have) { next }
{ print }
`

export const RESTORE_SCRIPT = String.raw`#!/bin/sh
# Brings back what this host lost of the network that Tapline built: the last applied design is in steps.sh beside this
# file. It makes what is missing and leaves alone what is there.
set -uf
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
run=${RESTORE_RUN_DIRECTORY}
have=$run/restore.have todo=$run/restore.todo
cd -- "${'$'}{0%/*}" && mkdir -p "$run" || exit
count=0 failed= unfiltered=

say() { printf 'tapline-restore: %s\n' "$*" >&2; }
fail() {
  say "step $count, $title: $*"
  failed="${'$'}{failed:+$failed, }$title"
  [ "$guard" != new_jumps ] || unfiltered=yes
}

# step TITLE INPUT SECONDS GUARD SUBJECT PROGRAM ARGUMENT...
# The guard prints what is still to be done of INPUT. It answers 0 do it, 1 nothing to do, 2 cannot tell, 3 do it, but it is not all.
step() {
  title=$1 input=$2 seconds=$3 guard=$4 subject=$5
  shift 5
  count=$((count + 1))
  "$guard" "$subject" "$input" >"$todo"
  case $? in
    0) ;;
    1) say "step $count, $title: nothing to do"; return ;;
    3) fail 'something else has that name' ;;
    *) fail 'cannot be done now'; return ;;
  esac
  if timeout "$seconds" "$@" <"$todo" >/dev/null; then say "step $count, $title: done"; else fail "exit code $?"; fi
}

always() { cat -- "$2"; }

# Of an ip batch; $1 is the command that reads the same namespace.
new_links() {
  remove_abandoned "$2"
  { $1 -o link show && $1 -o address show && $1 rule show && made_inside "$2"; } >"$have" || return 2
  awk '${LINKS_TO_DO}' "$have" "$2"
}

# What a batch makes right in a namespace and is there, each behind the namespace.
made_inside() {
  grep '^link add name [^ ]* netns ' "$1" | while read -r _ _ _ device _ netns _; do
    ip -n "$netns" -o link show dev "$device" 2>/dev/null | sed "s/^/@$netns /"
  done
}

# Of a bridge batch: entries of VXLAN devices.
new_entries() {
  $1 show >"$have" || return 2
  awk '${ENTRIES_TO_DO}' "$have" "$2"
}

# A restarted Open vSwitch makes an internal port again, outside, and leaves the former device in its namespace.
remove_abandoned() {
  grep '^link set dev [^ ]* netns ' "$1" | while read -r _ _ _ device _ netns; do
    [ -e "/sys/class/net/$device" ] || continue
    ip -n "$netns" -o link show dev "$device" 2>/dev/null | grep -q ' alias tapline:' && ip -n "$netns" link del dev "$device"
  done
}

# Of the input of iptables-restore or ebtables-nft-restore; $1 is the command that saves the same tables.
new_jumps() {
  $1 >"$have" || return 2
  awk '${TABLES_TO_DO}' "$have" "$2"
}

# Flows name ports: Open vSwitch must have found the devices just made. $1 is a list of ports.
when_ports_are_up() {
  ports=$1
  set --
  for port in $ports; do set -- "$@" -- wait-until Interface "$port" 'ofport>0'; done
  ovs-vsctl --timeout=20 "$@" || return 2
  cat -- "$input"
}

# Once per boot: a VM that somebody stopped stays stopped when only Open vSwitch restarts.
stopped_vm() {
  [ ! -e "$run/restored" ] || return 1
  [ -z "$unfiltered" ] || return 2
  state=$(virsh -q -c qemu:///system domstate "$1") || return 2
  case $state in 'shut off' | crashed) ;; *) return 1 ;; esac
}

. ./steps.sh

rm -f "$have" "$todo"
code=0 text="$count steps"
if [ -n "$failed" ]; then code=1 text="failed: $failed"; else : >"$run/restored"; fi
printf '%s %s %s\n' "$code" "$(date +%s)" "$text" >"$run/restore-result"
say "$text"
exit "$code"
`
