// dnsmasq: files first, then start, reload (SIGHUP rereads host and opts files) or restart when its arguments changed. Leases of
// ports that are gone are released on the way. A pid is trusted only while that process still names our directory in its command line.

import { changeCommand, type Command } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import type { DnsmasqInstance } from '../host/dnsmasq'
import { inNamespace, type StepDraft } from './step-draft'

/** stdin: frames of `name`, `number of lines`, lines. Constant text; the directory is its argument. */
const WRITE_FILES = 'mkdir -p "$1" && cd "$1" && while read -r name && read -r count; do n=0; while [ "$n" -lt "$count" ]; do IFS= read -r line || exit 1; printf "%s\\n" "$line"; n=$((n+1)); done > "$name" || exit 1; done'

// Scripts: constant text. $1 is the directory; the words after it are the command that starts dnsmasq.

/** Sets pid, empty unless it is ours. */
const FIND = 'pid=$(cat "$1/pid" 2>/dev/null) && tr "\\0" "\\n" < "/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "--pid-file=$1/pid" || pid='
/** Waits up to 5 s for it to end by itself. */
const END = '[ -z "$pid" ] || { kill "$pid"; n=0; while kill -0 "$pid" 2>/dev/null; do n=$((n+1)); [ "$n" -gt 50 ] && kill -KILL "$pid"; sleep 0.1; done; }'
/** Prints the leases of MACs that the host file still has at that address; another MAC would never be given a leased one. */
const VALID = `valid() { awk -F "[, ]" 'NR == FNR { bound[$1 " " $3]; next } ($2 " " $3) in bound' "$1/host" "$1/leases" 2>/dev/null; }`
const RELEASE = '[ ! -f "$1/leases" ] || { valid "$1" > "$1/leases.valid" && mv -- "$1/leases.valid" "$1/leases"; } || exit'
const RUN = 'shift; exec "$@"'

const STOP = [FIND, END].join('\n')
const START = [VALID, RELEASE, RUN].join('\n')
/** dnsmasq rereads its leases only when it starts. */
const RELOAD = [
  FIND,
  VALID,
  'if [ "$(valid "$1")" = "$(cat "$1/leases" 2>/dev/null)" ]; then [ -z "$pid" ] || kill -HUP "$pid"; exit; fi',
  END,
  RELEASE,
  RUN,
].join('\n')
/** The parent directory is ours too once nothing is in it. */
const STOP_AND_REMOVE = [FIND, END, 'rm -rf -- "$1"; rmdir -- "${1%/*}" 2>/dev/null || true'].join('\n')

const script = (text: string, { netns, directory }: DnsmasqInstance, argv: readonly string[] = []): Command =>
  changeCommand(inNamespace(argv.length === 0 ? '' : netns, ['sh', '-c', text, 'sh', directory, ...argv]))

function writeFiles(instance: DnsmasqInstance): Command {
  const frames = Object.entries(instance.files).map(([name, content]) => {
    const lines = content === '' ? [] : content.slice(0, -1).split('\n')
    return [name, String(lines.length), ...lines].join('\n')
  })
  return changeCommand(['sh', '-c', WRITE_FILES, 'sh', instance.directory], { stdin: `${frames.join('\n')}\n` })
}

export function renderDnsmasqStop(diff: HostDiff): StepDraft[] {
  return diff.dnsmasq.removed.map((instance) => ({
    title: `Stop dnsmasq of ${instance.netns}`,
    reason: 'Its network no longer has DHCP here.',
    command: script(STOP_AND_REMOVE, instance),
  }))
}

export function renderDnsmasqStart(diff: HostDiff): StepDraft[] {
  return [
    ...diff.dnsmasq.added.flatMap((instance) => [filesStep(instance), startStep(instance)]),
    ...diff.dnsmasq.changed.flatMap((change) => {
      const names = new Set(change.fields.map((field) => field.field))
      const files = [...names].some((name) => name.startsWith('file ')) ? [filesStep(change.to)] : []
      if (!change.to.isRunning) return [...files, stopStep(change.to)]
      if (names.has('running')) return [...files, startStep(change.to)]
      if (names.has('arguments')) return [...files, stopStep(change.to), startStep(change.to)]
      return [...files, reloadStep(change.to)]
    }),
  ]
}

const filesStep = (instance: DnsmasqInstance): StepDraft => ({
  title: `Write DHCP files of ${instance.netns}`,
  reason: 'Addresses and options of every port; a MAC that is not listed gets no answer.',
  command: writeFiles(instance),
})

const startStep = (instance: DnsmasqInstance): StepDraft => ({
  title: `Start dnsmasq in ${instance.netns}`,
  reason: 'One DHCP server per network.',
  command: script(START, instance, instance.argv),
})

const stopStep = (instance: DnsmasqInstance): StepDraft => ({
  title: `Stop dnsmasq in ${instance.netns}`,
  reason: 'Its arguments changed.',
  command: script(STOP, instance),
})

const reloadStep = (instance: DnsmasqInstance): StepDraft => ({
  title: `Reload dnsmasq in ${instance.netns}`,
  reason: 'SIGHUP rereads the host and option files. Leases of ports that are gone need a new start.',
  command: script(RELOAD, instance, instance.argv),
})
