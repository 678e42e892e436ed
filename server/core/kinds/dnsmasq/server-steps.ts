// dnsmasq: files first, then start, reload (SIGHUP rereads host and opts files) or restart when its arguments or its namespace changed. Leases of
// ports that are gone are released on the way.

import { changeCommand } from '../../commands/command'
import type { HostDiff } from '../../diff/kind-diff'
import type { DnsmasqInstance } from '../../host/dnsmasq'
import { SIDE_BY_SIDE, timeoutForMs } from '../../render/side-by-side'
import { batchStep, type StepDraft } from '../../render/step-draft'
import { EACH, END, FIND, fileLines, processLine, STOP, STOP_AND_REMOVE, WAKE, WRITE_FILES } from '../process-scripts'
import { changesFiles, turnsOf } from '../server-turns'

/** `release` leaves the leases of MACs that the host file still has at that address; another MAC would never be given a leased one. */
const LEASES = String.raw`valid() { awk -F "[, ]" 'NR == FNR { bound[$1 " " $3]; next } ($2 " " $3) in bound' "$dir/host" "$dir/leases" 2>/dev/null; }
release() { [ ! -f "$dir/leases" ] || { valid >"$dir/leases.valid" && mv -- "$dir/leases.valid" "$dir/leases"; }; }`

/** Pids of those that run as the server of $dir, whatever its pid file says: they hold its address. All command lines are looked at by one grep. */
const LOST = String.raw`running=$line$(set +f; grep -aHszoe '--pid-file=/.*/pid' /proc/[0-9]*/cmdline | tr '\000' '\n')$line
lost() {
  case $running in *":--pid-file=$dir/pid$line"*) printf '%s' "$running" | sed -n "s,^/proc/\([0-9]*\)/cmdline:--pid-file=$dir/pid\$,\1,p" ;; esac
}`

/** One that runs is started already; one that its pid file does not tell can neither be reloaded nor stopped later, and ends. */
const START = String.raw`${FIND}
${SIDE_BY_SIDE}
${END}
${LOST}
${WAKE}
${LEASES}
serve() { if [ -n "$pid" ]; then wake "$pid"; else IFS=$line; end $(lost); release && inside "$@"; fi; }
${EACH}`
/** dnsmasq rereads its leases only when it starts. */
const RELOAD = String.raw`${FIND}
${SIDE_BY_SIDE}
${END}
${LEASES}
serve() {
  if [ ! -s "$dir/leases" ] || [ "$(valid)" = "$(cat "$dir/leases")" ]; then
    [ -z "$pid" ] || kill -HUP "$pid"
  else
    end $pid
    release && inside "$@"
  fi
}
${EACH}`
const writtenLines = (instances: readonly DnsmasqInstance[]): string[] =>
  fileLines(
    instances.map(({ directory }) => directory),
    [],
    instances.flatMap(({ directory, files }) => Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text] as const)),
  )

interface Verb {
  readonly script: string
  readonly title: (servers: string) => string
  readonly reason: string
  readonly input: (instances: readonly DnsmasqInstance[]) => readonly string[]
}

const named = (instances: readonly DnsmasqInstance[]): string[] => instances.map((instance) => processLine(instance))
const withArguments = (instances: readonly DnsmasqInstance[]): string[] => instances.map((instance) => processLine(instance, instance.argv))
const stop: Verb = { script: STOP, title: (servers) => `Stop ${servers}`, reason: 'Its arguments or its namespace changed.', input: named }
const remove: Verb = {
  script: STOP_AND_REMOVE,
  title: (servers) => `Stop ${servers} and remove the files`,
  reason: 'Its network no longer has DHCP here.',
  input: named,
}
const write: Verb = {
  script: WRITE_FILES,
  title: (servers) => `Write files of ${servers}`,
  reason: 'Addresses and options of every port; a MAC that is not listed gets no answer.',
  input: writtenLines,
}
const start: Verb = { script: START, title: (servers) => `Start ${servers}`, reason: 'One DHCP server per network.', input: withArguments }
const reload: Verb = {
  script: RELOAD,
  title: (servers) => `Reload ${servers}`,
  reason: 'SIGHUP rereads the host and option files. Leases of ports that are gone need a new start.',
  input: withArguments,
}

function step({ script, title, reason, input }: Verb, instances: readonly DnsmasqInstance[]): StepDraft[] {
  const [first] = instances
  const servers = instances.length === 1 && first ? `dnsmasq of ${first.netns}` : `${instances.length} dnsmasq`
  return batchStep(title(servers), reason, input(instances), (stdin) =>
    changeCommand(['sh', '-c', script], { stdin, timeoutMs: timeoutForMs(instances.length) }),
  )
}

export const renderDnsmasqStop = (diff: HostDiff): StepDraft[] => step(remove, diff.dnsmasq.removed)

/** Files before the servers that read them. */
export function renderDnsmasqStart({ dnsmasq: { added, changed } }: HostDiff): StepDraft[] {
  const { stopped, started, kept } = turnsOf(changed)
  const targets = (changes: typeof kept) => changes.map(({ to }) => to)
  return [
    ...step(write, [...added, ...targets(changed.filter(changesFiles))]),
    ...step(stop, stopped),
    ...step(start, [...added, ...started]),
    ...step(reload, targets(kept)),
  ]
}
