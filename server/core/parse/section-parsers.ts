// Section of the read script → fragment of the observation. A section has a row here, or comes with a kind of resource (core/kinds); any
// other is Unparsed, and so is one whose command failed, with what it said. A tool that is not installed has no section.

import type { Domain } from '../host/domain'
import type { FdbEntry } from '../host/fdb'
import type { Flow } from '../host/flow'
import { type HostState, kindNames } from '../host/host-state'
import type { Ipset } from '../host/ipset'
import type { IptablesChain } from '../host/iptables'
import type { LearnedState } from '../host/learned'
import type { Sysctl } from '../host/sysctl'
import { kindOf } from '../kinds/kinds'
import { parseFacts, type RawFacts } from './facts'
import { ipBatchSteps, type NamespaceIp } from './ip/ip-batch'
import { mapParsed } from './json'
import { parseBridgeFdb, toBridgeMacs, toFdbEntries } from './net/bridge'
import { parseTxChecksum } from './net/ethtool'
import { parseIpsetSave, toIpset } from './net/ipset'
import { parseIptablesSave, parseOtherTables } from './net/iptables'
import { parseNft } from './net/nft'
import { parseSysctls } from './net/sysctl'
import { dumpFlowSteps } from './openflow/dump-flows'
import type { FlowMemo } from './openflow/flow-memo'
import type { PortNames } from './openflow/port-name'
import { parseOpenflowGroups, parseOvsMacs, parsePortFlags } from './ovs/learned-ovs'
import { ovsStateSteps, type OvsState } from './ovs/ovs-state'
import { parseOvsdbTables, type OvsdbTable } from './ovs/ovsdb-table'
import { unparsed, type Parsed } from './parse-result'
import { MAX_IPSET_BYTES } from './read-namespaces'
import { MAX_FLOW_BYTES } from './read-script'
import { failedSection } from './failed-section'
import { splitName, type Section } from './sections'
import type { Steps } from './steps'
import { parseDaemonVersion, parseDomains } from './virsh'

/** What sections add up to. Lists, because every namespace and bridge adds its own. */
export interface Fragment {
  readonly facts?: RawFacts
  readonly namespaces?: readonly NamespaceIp[]
  /** Of all that have a name here, also where only some were asked for. */
  readonly namespaceNames?: readonly string[]
  readonly fdb?: readonly FdbEntry[]
  readonly sysctls?: readonly Sysctl[]
  readonly iptables?: readonly IptablesChain[]
  /** `netns/device` → ethtool's tx-checksumming. */
  readonly txChecksum?: readonly (readonly [string, boolean])[]
  readonly ovs?: OvsState
  readonly flows?: readonly Flow[]
  /** By bridge, as all that is learned. */
  readonly ovsMacs?: LearnedState['ovsMacs']
  readonly portFlags?: LearnedState['portFlags']
  readonly groups?: LearnedState['groups']
  readonly bridgeMacs?: LearnedState['bridgeMacs']
  readonly ipsets?: readonly Ipset[]
  readonly domains?: readonly Domain[]
  /** Of kinds that are read by themselves. */
  readonly ofKinds?: Partial<HostState>
  readonly libvirtVersion?: string
}

/** What other sections have told. */
export interface SectionContext {
  /** OpenFlow port names per bridge, from the OVSDB. */
  readonly portNames: ReadonlyMap<string, PortNames>
  /** Section → what its command wrote to standard error. */
  readonly errors: ReadonlyMap<string, string>
  /** Flows of the last reading, whose lines need no second parsing. */
  readonly flowMemo?: FlowMemo
}

type Reader = (text: string, subject: string, section: string, context: SectionContext) => Parsed<Fragment> | Steps<Parsed<Fragment>>

const nothing: Parsed<Fragment> = { value: {}, unparsed: [] }

const iptables =
  (family: IptablesChain['family']) =>
  (text: string, netns: string, section: string): Parsed<Fragment> =>
    mapParsed(parseIptablesSave(text, netns, family, section), (chains) => ({ iptables: chains }))

/** Kinds that bring their parser along. */
const ofKinds: readonly (readonly [string, Reader])[] = kindNames.flatMap((kind) => {
  const { reading } = kindOf(kind)
  return reading
    ? [[reading.section, (text, _, section) => mapParsed(reading.parse(text, section), (list) => ({ ofKinds: { [kind]: list } }))] as const]
    : []
})

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...ofKinds,
  ['facts', (text, _, section) => mapParsed(parseFacts(text, section), (facts) => ({ facts }))],
  ['namespaces', (text) => ({ value: { namespaceNames: text.split(/\s+/).filter(Boolean) }, unparsed: [] })],
  ['ip', readIp],
  ['sysctl', (text, netns, section) => mapParsed(parseSysctls(text, netns, section), (sysctls) => ({ sysctls }))],
  ['iptables', iptables('ipv4')],
  ['ip6tables', iptables('ipv6')],
  ['ebtables', (text, _, section) => iptables('bridge')(text, '', section)],
  ['nft', (text, netns, section) => mapParsed(parseNft(text, netns, section), (chains) => ({ iptables: chains }))],
  ['fdb', readFdb],
  ['ipset', readIpsets],
  ['ethtool', readEthtool],
  // What the login printed before the script began.
  ['login', () => nothing],
  ['errors', (text, of) => ({ value: {}, unparsed: splitName(of)[0] === 'namespace' ? parseOtherTables(text, splitName(of)[1]) : [] })],
  ['namespace', () => nothing],
  ['inside', () => nothing],
  ['gone', () => nothing],
  ['ovsdb', readOvsdb],
  ['flows', readFlows],
  ['port-flags', ofBridge('portFlags', parsePortFlags)],
  ['ovs-macs', ofBridge('ovsMacs', parseOvsMacs)],
  ['groups', ofBridge('groups', parseOpenflowGroups)],
  ['virsh', readVirsh],
  ['domains', (text, _, section) => mapParsed(parseDomains(text, section), (domains) => ({ domains }))],
  ['name', (text, _, section) => ({ value: {}, unparsed: [unparsed(section, text.trim(), { code: 'name-characters', params: {} })] })],
  ['done', () => nothing],
])

export function* sectionSteps(section: Section, context: SectionContext): Steps<Parsed<Fragment>> {
  const { name, exitCode, text } = section
  const [kind, subject] = splitName(name)
  const reader = readers.get(kind)
  if (!reader) return { value: {}, unparsed: [unparsed(name, text, { code: 'unknown-section', params: {} })] }
  if (isCutOff(section))
    return {
      value: {},
      unparsed: [unparsed(name, '', { code: 'many-flows', params: { bridge: subject, megabytes: MAX_FLOW_BYTES / 1024 / 1024 } })],
    }
  const read = reader(text, subject, name, context)
  const fragment = 'value' in read ? read : yield* read
  if (exitCode === 0) return fragment
  // What a bridge has not learned is told by a table that was read to its end.
  const { bridgeMacs: _, ...value } = fragment.value
  return { value, unparsed: [failedSection(section, context.errors), ...fragment.unparsed] }
}

/** What was cut off is not read in part: a bridge with so many flows is somebody else's, and half of them tell nothing. */
const isCutOff = ({ name, text }: Section): boolean => name.startsWith('flows ') && text.length >= MAX_FLOW_BYTES

function* readIp(text: string, netns: string, section: string): Steps<Parsed<Fragment>> {
  return mapParsed(yield* ipBatchSteps(text, netns, section), (value) => ({ namespaces: [value] }))
}

/** Half a table tells where a MAC is not; then nobody looked. */
function readFdb(text: string, _: string, section: string): Parsed<Fragment> {
  const { value: rows, unparsed: rest } = parseBridgeFdb(text, section)
  return { value: { fdb: toFdbEntries(rows), ...(rest.length === 0 && { bridgeMacs: toBridgeMacs(rows) }) }, unparsed: rest }
}

function readIpsets(text: string, netns: string, section: string): Parsed<Fragment> {
  if (text.length >= MAX_IPSET_BYTES) return { value: {}, unparsed: [unparsed(section, '', { code: 'many-set-entries', params: {} })] }
  const { value: sets, unparsed: rest } = parseIpsetSave(text, section)
  const ipsets = sets.map((set) => toIpset(set, netns))
  return { value: rest.length > 0 ? {} : { ipsets }, unparsed: rest }
}

function readEthtool(text: string, netns: string, section: string): Parsed<Fragment> {
  return mapParsed(parseTxChecksum(text, section), (devices) => ({
    txChecksum: [...devices].map(([device, isOn]) => [`${netns}/${device}`, isOn] as const),
  }))
}

/** Tables, and below them the names of `ovs-vsctl list-br`, which the tables hold as well. */
function* readOvsdb(text: string, _: string, section: string): Steps<Parsed<Fragment>> {
  const tables: Parsed<readonly OvsdbTable[]>[] = []
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue
    tables.push(parseOvsdbTables(line, section))
    yield
  }
  const state = yield* ovsStateSteps(
    tables.flatMap(({ value }) => value),
    section,
  )
  return { value: { ovs: state.value }, unparsed: [...tables.flatMap((table) => table.unparsed), ...state.unparsed] }
}

function* readFlows(text: string, bridge: string, section: string, { portNames, flowMemo }: SectionContext): Steps<Parsed<Fragment>> {
  return mapParsed(yield* dumpFlowSteps(text, bridge, { ports: portNames.get(bridge), section, memo: flowMemo }), (flows) => ({ flows }))
}

const noPorts: PortNames = new Map()

/** null: it was not told. */
function ofBridge<T>(key: keyof Fragment, parse: (text: string, ports: PortNames, section: string) => Parsed<readonly T[] | null>): Reader {
  return (text, bridge, section, { portNames }) =>
    mapParsed(parse(text, portNames.get(bridge) ?? noPorts, section), (list) => (list ? { [key]: { [bridge]: list } } : {}))
}

function readVirsh(text: string): Parsed<Fragment> {
  const version = parseDaemonVersion(text)
  return { value: version === null ? {} : { libvirtVersion: version }, unparsed: [] }
}
