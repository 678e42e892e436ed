// One reading of everything on a host that counts: the flows of the bridges on a path, the devices, and the
// rules that end packets. One command, one
// channel. Open vSwitch brings a flow's n_packets up to date only when its revalidators pass, twice a second; waiting for
// them makes two readings comparable (ofproto/ofproto-dpif-upcall.c, revalidator/wait).

import { readCommand } from '@/server/core/commands/command'
import { flowKey, type Flow } from '@/server/core/host/flow'
import type { Unparsed } from '@/server/core/host/observation'
import { parseLinks } from '@/server/core/parse/ip/link'
import { type FilterCounter, parseFilterCounters } from '@/server/core/parse/net/filter-counters'
import { parseDumpFlows } from '@/server/core/parse/openflow/dump-flows'
import { splitName, splitSections, type Section } from '@/server/core/parse/sections'
import { AppError } from '@/server/core/app-error'
import type { HostSession } from '@/server/effects/ssh/host-session'

interface LinkCounters {
  readonly ifindex: number
  readonly rxPackets: number
  readonly txPackets: number
}

export interface CounterReading {
  /** By flowKey. */
  readonly flows: ReadonlyMap<string, Flow>
  /** Devices of the root namespace by name. */
  readonly links: ReadonlyMap<string, LinkCounters>
  /** What of the root namespace ends packets in Linux bridges. */
  readonly filters: readonly FilterCounter[]
  /** Bridges whose flows are not among them, and what was said instead: that a flow of theirs is not there means nothing. */
  readonly silent: ReadonlyMap<string, string>
  readonly unparsed: readonly Unparsed[]
}

/** $1: nonce of the sections; the rest: bridges, asked in the versions in which a reading asks. What a bridge fails with stands in its section. */
const SCRIPT = `
nonce=$1
shift
end() { printf '\\n@@%s %s %s\\n' "$nonce" "$1" "$2"; }
exec 3>&1
ovs-appctl -T 5 revalidator/wait >/dev/null 2>&1
for bridge do
  said=$(ovs-ofctl --timeout=5 -O OpenFlow10,OpenFlow13,OpenFlow14 --names dump-flows "$bridge" 2>&1 >&3)
  code=$?
  [ $code = 0 ] || printf '%s' "$said"
  end $code "flows $bridge"
done
ip -j -s link
end $? links
iptables-save -c 2>/dev/null
end $? "filters ipv4"
ebtables-nft-save -c 2>/dev/null
end $? "filters bridge"
end 0 done
`

const MAX_BYTES = 32 * 1024 * 1024

export async function readCounters(
  session: HostSession,
  bridges: readonly string[],
  nonce: string,
  signal?: AbortSignal,
): Promise<CounterReading> {
  const command = readCommand(['sh', '-s', '--', nonce, ...bridges], { stdin: SCRIPT })
  const result = await session.runOrThrow(command, { maxOutputBytes: MAX_BYTES, whenTooLarge: 'fail', ...(signal && { signal }) })
  const { sections, isComplete } = splitSections(result.stdout, nonce)
  // 142: ended by its own time-out (128 + SIGALRM).
  const silent = sections.find(({ name, exitCode }) => name.startsWith('flows ') && exitCode === 142)
  if (silent)
    throw new AppError('command_timed_out', `Open vSwitch on ${result.host} does not answer`, { host: result.host, section: silent.name })
  if (!isComplete)
    throw new AppError('parse_failed', 'The reading of the counters ended early.', { host: result.host, stderr: result.stderr })
  const parts = sections.map(readSection)
  return {
    flows: new Map(parts.flatMap(({ flows }) => flows.map((flow) => [flowKey(flow), flow] as const))),
    links: new Map(parts.flatMap(({ links }) => links)),
    filters: parts.flatMap(({ filters }) => filters),
    silent: new Map(sections.filter(({ name, exitCode }) => name.startsWith('flows ') && exitCode !== 0).map(whatItSaid)),
    unparsed: parts.flatMap(({ unparsed }) => unparsed),
  }
}

const whatItSaid = ({ name, exitCode, text }: Section): readonly [bridge: string, said: string] => [
  splitName(name)[1],
  text.trim().split('\n').at(-1) || `exit code ${exitCode}`,
]

type SectionCounters = Pick<CounterReading, 'filters' | 'unparsed'> & {
  readonly flows: readonly Flow[]
  readonly links: readonly (readonly [string, LinkCounters])[]
}

const nothing: SectionCounters = { flows: [], links: [], filters: [], unparsed: [] }

function readSection({ name, exitCode, text }: Section): SectionCounters {
  const [kind, subject] = splitName(name)
  if (kind === 'flows' && exitCode !== 0) return nothing
  if (kind === 'flows') {
    const { value, unparsed } = parseDumpFlows(text, subject)
    return { ...nothing, flows: value, unparsed }
  }
  if (kind === 'filters') {
    const { value, unparsed } = parseFilterCounters(text, subject === 'bridge' ? 'bridge' : 'ipv4')
    return { ...nothing, filters: value, unparsed }
  }
  if (kind !== 'links') return nothing
  const { value, unparsed } = parseLinks(text)
  const links = value.map(({ ifname, ifindex, stats64, stats }) => {
    const counted = stats64 ?? stats
    return [ifname, { ifindex, rxPackets: counted?.rx.packets ?? 0, txPackets: counted?.tx.packets ?? 0 }] as const
  })
  return { ...nothing, links, unparsed }
}
