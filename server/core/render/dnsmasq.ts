// dnsmasq: files first, then start, reload (SIGHUP rereads host and opts files) or restart when its arguments changed. Leases of
// ports that are gone are released on the way. A pid is trusted only while that process still names our directory in its command line.
// All servers of a host are served by one command per verb, with their data on standard input: a trunk may touch hundreds.

import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import type { DnsmasqInstance } from '../host/dnsmasq'
import { batchStep, type StepDraft } from './step-draft'

// Scripts: constant text. $ns and $dir are the server's namespace and directory, "$@" is the command that starts it.

/** Sets pid, empty unless it is ours. */
const FIND = 'pid=$(cat "$dir/pid" 2>/dev/null) && tr "\\0" "\\n" < "/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "--pid-file=$dir/pid" || pid='
/** Waits up to 5 s for it to end by itself. */
const END = '[ -z "$pid" ] || { kill "$pid"; n=0; while kill -0 "$pid" 2>/dev/null; do n=$((n+1)); [ "$n" -gt 250 ] && kill -KILL "$pid"; sleep 0.02; done; }'
/** Prints the leases of MACs that the host file still has at that address; another MAC would never be given a leased one. */
const VALID = `valid() { awk -F "[, ]" 'NR == FNR { bound[$1 " " $3]; next } ($2 " " $3) in bound' "$dir/host" "$dir/leases" 2>/dev/null; }`
const RELEASE = '[ ! -f "$dir/leases" ] || { valid > "$dir/leases.valid" && mv -- "$dir/leases.valid" "$dir/leases"; } || exit'
const RUN = 'ip netns exec "$ns" "$@" </dev/null'

const STOP = [FIND, END].join('\n')
/** One that runs is started already. */
const START = [FIND, '[ -z "$pid" ] || exit 0', VALID, RELEASE, RUN].join('\n')
/** dnsmasq rereads its leases only when it starts. */
const RELOAD = [
  FIND,
  VALID,
  '[ ! -s "$dir/leases" ] || [ "$(valid)" = "$(cat "$dir/leases")" ] && { [ -z "$pid" ] || kill -HUP "$pid"; exit; }',
  END,
  RELEASE,
  RUN,
].join('\n')
/** The parent directory is ours too once nothing is in it. */
const STOP_AND_REMOVE = [FIND, END, 'rm -rf -- "$dir"; rmdir -- "${dir%/*}" 2>/dev/null || true'].join('\n')
/** Reads `name`, number of lines, lines, until an empty name. */
const WRITE_FILES =
  'mkdir -p "$dir" && cd "$dir" && while read -r name && [ -n "$name" ] && read -r lines; do n=0; while [ "$n" -lt "$lines" ]; do IFS= read -r line || exit 1; printf "%s\\n" "$line"; n=$((n+1)); done > "$name" || exit 1; done'

/** Runs a script per server: stdin has its namespace, directory, number of words, words, and what the script itself reads. */
const eachServer = (script: string): string =>
  `while read -r ns && read -r dir && read -r count; do set --; while [ "$count" -gt 0 ]; do IFS= read -r word || exit 1; set -- "$@" "$word"; count=$((count-1)); done; (\n${script}\n) || { echo "dnsmasq of $ns" >&2; exit 1; }; done`

function frame({ netns, directory }: DnsmasqInstance, argv: readonly string[] = []): string[] {
  return [netns, directory, String(argv.length), ...argv]
}

function fileFrame(instance: DnsmasqInstance): string[] {
  const files = Object.entries(instance.files).flatMap(([name, content]) => {
    const lines = content === '' ? [] : content.slice(0, -1).split('\n')
    return [name, String(lines.length), ...lines]
  })
  return [...frame(instance), ...files, '']
}

interface Verb {
  readonly script: string
  readonly title: (servers: string) => string
  readonly reason: string
  readonly frame: (instance: DnsmasqInstance) => readonly string[]
}

const started = (instance: DnsmasqInstance): string[] => frame(instance, instance.argv)
const stop: Verb = { script: STOP, title: (servers) => `Stop ${servers}`, reason: 'Its arguments changed.', frame }
const remove: Verb = { script: STOP_AND_REMOVE, title: (servers) => `Stop ${servers} and remove the files`, reason: 'Its network no longer has DHCP here.', frame }
const write: Verb = { script: WRITE_FILES, title: (servers) => `Write files of ${servers}`, reason: 'Addresses and options of every port; a MAC that is not listed gets no answer.', frame: fileFrame }
const start: Verb = { script: START, title: (servers) => `Start ${servers}`, reason: 'One DHCP server per network.', frame: started }
const reload: Verb = { script: RELOAD, title: (servers) => `Reload ${servers}`, reason: 'SIGHUP rereads the host and option files. Leases of ports that are gone need a new start.', frame: started }

/** Beside a second for each server, whose process must end or come up. */
const BASE_TIMEOUT_MS = 20_000

function step({ script, title, reason, frame: render }: Verb, instances: readonly DnsmasqInstance[]): StepDraft[] {
  const [first] = instances
  const servers = instances.length === 1 && first ? `dnsmasq of ${first.netns}` : `${instances.length} dnsmasq`
  const timeoutMs = BASE_TIMEOUT_MS + instances.length * 1000
  return batchStep(title(servers), reason, instances.flatMap((instance) => render(instance)), (stdin) => changeCommand(['sh', '-c', eachServer(script)], { stdin, timeoutMs }))
}

export const renderDnsmasqStop = (diff: HostDiff): StepDraft[] => step(remove, diff.dnsmasq.removed)

/** Files before the servers that read them. */
export function renderDnsmasqStart(diff: HostDiff): StepDraft[] {
  const changes = diff.dnsmasq.changed.map((change) => ({ to: change.to, names: new Set(change.fields.map((field) => field.field)) }))
  const running = changes.filter(({ to }) => to.isRunning)
  const isStarted = ({ names }: (typeof changes)[number]) => names.has('running')
  const isRestarted = (change: (typeof changes)[number]) => !isStarted(change) && change.names.has('arguments')
  const targets = (some: typeof changes) => some.map(({ to }) => to)
  return [
    ...step(write, [...diff.dnsmasq.added, ...targets(changes.filter(({ names }) => [...names].some((name) => name.startsWith('file '))))]),
    ...step(stop, targets([...changes.filter(({ to }) => !to.isRunning), ...running.filter(isRestarted)])),
    ...step(start, [...diff.dnsmasq.added, ...targets(running.filter((change) => isStarted(change) || isRestarted(change)))]),
    ...step(reload, targets(running.filter((change) => !isStarted(change) && !isRestarted(change)))),
  ]
}
