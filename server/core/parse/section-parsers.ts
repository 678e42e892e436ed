// Section of the read script → fragment of the observation. One row is one kind of section; a kind that is in no row is
// Unparsed, and so is a section whose command failed, unless the tool is simply not installed.

import type { Domain } from '../host/domain'
import type { FdbEntry } from '../host/fdb'
import type { DnsmasqInstance } from '../host/dnsmasq'
import type { Flow } from '../host/flow'
import type { IptablesChain } from '../host/iptables'
import type { Unparsed } from '../host/observation'
import type { RestoreUnit } from '../host/restore-unit'
import type { Sysctl } from '../host/sysctl'
import { parseDnsmasqListing } from './dnsmasq'
import { parseFacts, type RawFacts } from './facts'
import { parseIpBatch, type NamespaceIp } from './ip/ip-batch'
import { mapParsed } from './json'
import { parseVxlanFdb } from './net/bridge'
import { parseTxChecksum } from './net/ethtool'
import { parseIptablesSave } from './net/iptables'
import { parseSysctls } from './net/sysctl'
import { parseDumpFlows } from './openflow/dump-flows'
import type { PortNames } from './openflow/port-name'
import { buildOvsState, type OvsState } from './ovs/ovs-state'
import { parseOvsdbTables } from './ovs/ovsdb-table'
import { unparsed, type Parsed } from './parse-result'
import { parseRestoreUnit } from './restore-unit'
import { splitName, type Section } from './sections'
import { parseDaemonVersion, parseDomains } from './virsh'

/** What sections add up to. Lists, because every namespace and bridge adds its own. */
export interface Fragment {
  readonly facts?: RawFacts
  readonly namespaces?: readonly NamespaceIp[]
  readonly fdb?: readonly FdbEntry[]
  readonly sysctls?: readonly Sysctl[]
  readonly iptables?: readonly IptablesChain[]
  /** `netns/device` → ethtool's tx-checksumming. */
  readonly txChecksum?: readonly (readonly [string, boolean])[]
  readonly ovs?: OvsState
  readonly flows?: readonly Flow[]
  readonly dnsmasq?: readonly DnsmasqInstance[]
  readonly domains?: readonly Domain[]
  readonly restoreUnits?: readonly RestoreUnit[]
  readonly libvirtVersion?: string
}

/** What other sections have told: OpenFlow port names per bridge, from the OVSDB. */
export interface SectionContext {
  readonly portNames: ReadonlyMap<string, PortNames>
}

type Reader = (text: string, subject: string, section: string, context: SectionContext) => Parsed<Fragment>

const nothing: Parsed<Fragment> = { value: {}, unparsed: [] }

const iptables =
  (family: IptablesChain['family']): Reader =>
  (text, netns, section) =>
    mapParsed(parseIptablesSave(text, netns, family, section), (chains) => ({ iptables: chains }))

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['facts', (text, _, section) => mapParsed(parseFacts(text, section), (facts) => ({ facts }))],
  ['ip', (text, netns, section) => mapParsed(parseIpBatch(text, netns, section), (value) => ({ namespaces: [value] }))],
  ['sysctl', (text, netns, section) => mapParsed(parseSysctls(text, netns, section), (sysctls) => ({ sysctls }))],
  ['iptables', iptables('ipv4')],
  ['ip6tables', iptables('ipv6')],
  ['ebtables', (text, _, section, context) => iptables('bridge')(text, '', section, context)],
  ['fdb', (text, _, section) => mapParsed(parseVxlanFdb(text, section), (fdb) => ({ fdb }))],
  ['ethtool', readEthtool],
  ['namespace', () => nothing],
  ['ovsdb', readOvsdb],
  ['flows', readFlows],
  ['dnsmasq', (text, _, section) => mapParsed(parseDnsmasqListing(text, section), (dnsmasq) => ({ dnsmasq }))],
  ['virsh', readVirsh],
  ['domains', (text, _, section) => mapParsed(parseDomains(text, section), (domains) => ({ domains }))],
  ['restore', (text, _, section) => mapParsed(parseRestoreUnit(text, section), (restoreUnits) => ({ restoreUnits }))],
  ['name', (text, _, section) => ({ value: {}, unparsed: [unparsed(section, text.trim(), 'A name with characters that are not passed on')] })],
  ['done', () => nothing],
])

/** Shells answer 127 for a program that is not there: an empty answer, not an error. */
const NOT_INSTALLED = 127

export function readSection({ name, exitCode, text }: Section, context: SectionContext): Parsed<Fragment> {
  const [kind, subject] = splitName(name)
  const reader = readers.get(kind)
  if (!reader) return { value: {}, unparsed: [unparsed(name, text, 'A section that no parser knows')] }
  if (exitCode === NOT_INSTALLED) return nothing
  const fragment = reader(text, subject, name, context)
  const hasFailed = exitCode !== 0 && kind !== 'name'
  return hasFailed ? { ...fragment, unparsed: [failure(name, exitCode), ...fragment.unparsed] } : fragment
}

const silent: ReadonlyMap<string, string> = new Map([
  ['ovsdb', 'Open vSwitch does not answer'],
  ['flows', 'The bridge does not answer'],
  ['virsh', 'Libvirt does not answer'],
])

function failure(section: string, exitCode: number): Unparsed {
  const what = silent.get(splitName(section)[0]) ?? 'The reading may lack something'
  return unparsed(section, '', `${what}: exit code ${exitCode}`)
}

function readEthtool(text: string, netns: string, section: string): Parsed<Fragment> {
  return mapParsed(parseTxChecksum(text, section), (devices) => ({
    txChecksum: [...devices].map(([device, isOn]) => [`${netns}/${device}`, isOn] as const),
  }))
}

/** Tables, and below them the names of `ovs-vsctl list-br`, which the tables hold as well. */
function readOvsdb(text: string, _: string, section: string): Parsed<Fragment> {
  const isTable = (line: string) => line.startsWith('{')
  const tables = parseOvsdbTables(text.split('\n').filter(isTable).join('\n'), section)
  const state = buildOvsState(tables.value, section)
  return { value: { ovs: state.value }, unparsed: [...tables.unparsed, ...state.unparsed] }
}

function readFlows(text: string, bridge: string, section: string, { portNames }: SectionContext): Parsed<Fragment> {
  return mapParsed(parseDumpFlows(text, bridge, portNames.get(bridge), section), (flows) => ({ flows }))
}

function readVirsh(text: string): Parsed<Fragment> {
  const version = parseDaemonVersion(text)
  return { value: version === null ? {} : { libvirtVersion: version }, unparsed: [] }
}
