// The scripts that the restore unit runs: constant text. What is to be done is data beside them (steps.sh, with the commands that a plan would give,
// and their inputs); what of it is there already each kind says by a guard of its own (kinds/restore-guard.ts), which guard.sh holds.
//
// They make what is missing and leave alone what is there, so they may run at any time: after a boot, after a restart of Open vSwitch, by hand.
// Every step is tried, because none can do harm without the others, unless its guard says so: bridges are secure, so what has no flows forwards
// nothing. They must not change what carries no mark of ours.

import { RESTORE_RUN_DIRECTORY } from '../host/restore-unit'
import type { StepMaker } from '../kinds/kind'
import type { LineGuard } from '../kinds/restore-guard'

const PATHS = String.raw`set -uf
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
run=${RESTORE_RUN_DIRECTORY}
# Told by guards: there when one ran, with something in it when it left something to do.
told=$run/restore.told
# What guards found that is not ours, in this run.
export LEFT_ALONE="$run/restore.left-alone"
say() { printf 'tapline-restore: %s\n' "$*" >&2; }`

export const RESTORE_SCRIPT = String.raw`#!/bin/sh
# Brings back what this host lost of the network that Tapline built: the last applied design is in steps.sh beside this
# file. It makes what is missing and leaves alone what is there.
${PATHS}
cd -- "${'$'}{0%/*}" && mkdir -p "$run" || exit
count=0 failed= FAILED_STEPS=' '
export FAILED_STEPS
: >"$LEFT_ALONE"

# step NAME TITLE INPUT SECONDS PROGRAM ARGUMENT...
step() {
  name=$1 title=$2 input=$3 seconds=$4
  shift 4
  count=$((count + 1))
  rm -f "$told"
  timeout "$seconds" "$@" <"$input" >/dev/null
  code=$?
  if [ "$code" != 0 ]; then
    say "step $count, $title: exit code $code"
    failed="${'$'}{failed:+$failed, }$title" FAILED_STEPS="$FAILED_STEPS$name "
  elif [ -e "$told" ] && ! [ -s "$told" ]; then
    say "step $count, $title: nothing to do"
  else
    say "step $count, $title: done"
  fi
}

. ./steps.sh

rm -f "$told" "$LEFT_ALONE"
code=0 text="$count steps"
if [ -n "$failed" ]; then code=1 text="failed: $failed"; else : >"$run/restored"; fi
printf '%s %s %s\n' "$code" "$(date +%s)" "$text" >"$run/restore-result"
say "$text"
exit "$code"
`

type Guarded = Pick<StepMaker, 'name' | 'restore'>

/** The text of a step's guard; null where all of its input is always to be done. */
export function guardOf({ restore }: Guarded, ip: readonly LineGuard[]): string | null {
  if (typeof restore === 'string' || restore.script === undefined) return null
  return typeof restore.script === 'string' ? restore.script : restore.script(ip)
}

export function guardScript(makers: readonly Guarded[], ip: readonly LineGuard[]): string {
  const guards = makers.flatMap((maker) => {
    const text = guardOf(maker, ip)
    return text === null ? [] : [`${maker.name})\n${text.trim()}\n;;\n`]
  })
  return String.raw`#!/bin/sh
# guard.sh STEP PROGRAM ARGUMENT...: starts the program with what of its input is still to be done.
${PATHS}
step=$1
shift
scratch=$(mktemp -d) || exit
trap 'rm -rf -- "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd -- "$scratch" && cat >input || exit
once_per_boot() { ! [ -e "$run/restored" ]; }
has_failed() { case $FAILED_STEPS in *" $1 "*) ;; *) return 1 ;; esac; }
# A namespace may have several names, and that of the host one: what was noted under any of them.
left_alone() {
  ! [ -s "$LEFT_ALONE" ] || names=$(ip netns identify) awk '
    BEGIN { names = "\n" ENVIRON["names"] "\n" }
    { netns = name = $0; sub(/:[^:]*$/, "", netns); sub(/.*:/, "", name) }
    index(names, "\n" netns "\n") { print "!" name }' "$LEFT_ALONE"
}

# Prints that. Answers 0 do it, 1 nothing to do, 2 cannot tell, 3 do it, but it is not all.
(
case $step in
${guards.join('')}*) exit 2 ;;
esac
) >todo
code=$?
case $code in 0 | 1 | 3) ;; *) say 'cannot be done now'; exit "$code" ;; esac
: >>"$told"
if [ "$code" != 1 ] && { [ -s todo ] || ! [ -s input ]; }; then
  echo >>"$told"
  "$@" <todo || exit
fi
[ "$code" != 3 ]
`
}
