// dnsmasq: files first, then start, reload (SIGHUP rereads host and opts files) or restart when its arguments changed.
// A pid is trusted only while that process still names our directory in its command line.

import { changeCommand, type Command } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import type { DnsmasqInstance } from '../host/dnsmasq'
import { inNamespace, type StepDraft } from './step-draft'

/** stdin: frames of `name`, `number of lines`, lines. Constant text; the directory is its argument. */
const WRITE_FILES = 'mkdir -p "$1" && cd "$1" && while read -r name && read -r count; do n=0; while [ "$n" -lt "$count" ]; do IFS= read -r line || exit 1; printf "%s\\n" "$line"; n=$((n+1)); done > "$name" || exit 1; done'

/** Arguments: directory, signal. Waits up to 5 s for the process to end unless the signal is HUP. */
const SIGNAL = [
  'pid=$(cat "$1/pid" 2>/dev/null) || exit 0',
  'tr "\\0" "\\n" < "/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "--pid-file=$1/pid" || exit 0',
  'kill "-$2" "$pid"; [ "$2" = HUP ] && exit 0',
  'n=0; while kill -0 "$pid" 2>/dev/null; do n=$((n+1)); [ "$n" -gt 50 ] && kill -KILL "$pid"; sleep 0.1; done; exit 0',
].join('; ')

function writeFiles(instance: DnsmasqInstance): Command {
  const frames = Object.entries(instance.files).map(([name, content]) => {
    const lines = content === '' ? [] : content.slice(0, -1).split('\n')
    return [name, String(lines.length), ...lines].join('\n')
  })
  return changeCommand(['sh', '-c', WRITE_FILES, 'sh', instance.directory], { stdin: `${frames.join('\n')}\n` })
}

const signal = (instance: DnsmasqInstance, name: 'TERM' | 'HUP'): Command =>
  changeCommand(['sh', '-c', SIGNAL, 'sh', instance.directory, name])

const start = (instance: DnsmasqInstance): Command => changeCommand(inNamespace(instance.netns, instance.argv))

export function renderDnsmasqStop(diff: HostDiff): StepDraft[] {
  return diff.dnsmasq.removed.map((instance) => ({
    title: `Stop dnsmasq of ${instance.netns}`,
    reason: 'Its network no longer has DHCP here.',
    command: changeCommand(['sh', '-c', stopAndRemove, 'sh', instance.directory]),
  }))
}

/** Stop, then remove the directory with its leases. */
const stopAndRemove = [
  'pid=$(cat "$1/pid" 2>/dev/null)',
  'if [ -n "$pid" ] && tr "\\0" "\\n" < "/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "--pid-file=$1/pid"; then kill "$pid"; n=0; while kill -0 "$pid" 2>/dev/null; do n=$((n+1)); [ "$n" -gt 50 ] && kill -KILL "$pid"; sleep 0.1; done; fi',
  // The parent is ours too once nothing is in it.
  'rm -rf -- "$1"; rmdir -- "${1%/*}" 2>/dev/null || true',
].join('; ')

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
  command: start(instance),
})

const stopStep = (instance: DnsmasqInstance): StepDraft => ({
  title: `Stop dnsmasq in ${instance.netns}`,
  reason: 'Its arguments changed.',
  command: signal(instance, 'TERM'),
})

const reloadStep = (instance: DnsmasqInstance): StepDraft => ({
  title: `Reload dnsmasq in ${instance.netns}`,
  reason: 'SIGHUP rereads the host and option files; leases stay.',
  command: signal(instance, 'HUP'),
})
