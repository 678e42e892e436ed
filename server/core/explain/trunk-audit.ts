// The audit of a trunk in sentences: which hop is wrong, what stands there, what should, and where the frames really go.

import type { AgentKind } from '../topology/topology'
import type { AuditHopKind, AuditOddity, AuditRow, GuestInterface, LearnedMac, LeftFrames, SentFrames, TrunkAudit } from '../trunk/audit'
import type { Reach } from '../trunk/networks-reached'
import type { PatchPair } from '../trunk/patch-pair'
import { joinSome, plural } from './words'

export const auditHopWord: Record<AuditHopKind, string> = {
  guest: 'Guest interface',
  vif: 'NIC on the host',
  outer: 'VLAN taken off',
  inner: 'Network side',
  network: 'Network',
}

/** 0 is a guest's untagged frame. */
export const guestVlanWords = (vlan: number): string => (vlan === 0 ? 'untagged' : `VLAN ${vlan}`)
const framesOf = (vlan: number): string => (vlan === 0 ? 'Untagged frames' : `Frames with VLAN ${vlan}`)
const onVlan = (vlan: number): string => (vlan === 0 ? 'untagged' : `on VLAN ${vlan}`)

const counted = (frames: number | null): string => (frames === null ? '' : ` (${plural(frames, 'frame')})`)

export const macConsequence: Record<AgentKind, string> = {
  openvswitch: 'br-int drops it in table 25.',
  linuxbridge: 'the filter of the port drops it.',
}

export const auditWords = {
  guestMac: ({ name, vlan, macAddress }: GuestInterface, expected: string, consequence: string): string =>
    `${name} in the guest (${guestVlanWords(vlan)}) has MAC ${macAddress}, the port has ${expected}: ${consequence}`,
  guestVlan: ({ name, vlan }: GuestInterface, expected: number, whereTo: string | null): string =>
    sentences(`${name} in the guest has this port's MAC ${onVlan(vlan)}, the trunk has the port ${onVlan(expected)}.`, whereTo),
  sentMac: ({ vlan, macAddress, frames }: SentFrames, expected: string, consequence: string): string =>
    `The guest sends ${onVlan(vlan)} with MAC ${macAddress}${counted(frames)}, the port has ${expected}: ${consequence}`,
  sentVlan: ({ vlan, frames }: SentFrames, expected: number, whereTo: string | null): string =>
    sentences(`The guest sends with this port's MAC ${onVlan(vlan)}${counted(frames)}, the trunk has the port ${onVlan(expected)}.`, whereTo),
  vifCut: (device: string, found: string): string => `${device} lets only ${found} pass: VLANs of the guest are cut off.`,
  lostBefore: (vlan: number, bridge: string): string => `${framesOf(vlan)} leave the guest, but do not reach ${bridge}: they are lost between tap and qvo.`,
  entersBy: (mac: string, device: string): string => `Frames with MAC ${mac} enter br-int by ${device}.`,
  learnedIn: ({ inner }: PatchPair, vlan: number): string => `Frames come out of ${inner} in local VLAN ${vlan}.`,
  notPassed: ({ inner, outer }: PatchPair): string =>
    `Frames reach the trunk bridge, but none of them passes ${outer} and ${inner}: the patch is broken, or tables 24 and 25 of br-int drop an address that is not the port's.`,
  entersBridgeBy: (mac: string, { bridge, port }: LearnedMac): string => `Frames with MAC ${mac} enter ${bridge} by ${port}.`,
  notTaken: (vlan: number, device: string): string =>
    `${framesOf(vlan)} leave the guest, but none of them enters a bridge by ${device}: it takes another VLAN, is down, or its filter drops an address that is not the port's.`,
  filterMissing: (device: string): string => `Nothing keeps a wrong address from passing ${device}: its filter is missing.`,
  filterMac: (device: string, mac: string): string => `The filter of ${device} does not let MAC ${mac} pass.`,
  leftAs: ({ device, macAddress, vlan, vni }: LeftFrames, expected: string): string =>
    `Frames with MAC ${macAddress} leave ${device} ${vni === null ? guestVlanWords(vlan).replace('VLAN', 'with VLAN') : `with VNI ${vni}`}, their network is ${expected} there.`,
  missingLink: (device: string): string => `${device} is missing on the host.`,
  otherVlan: (device: string, found: string, expected: string): string => `${device} is ${found}, it should be ${expected}.`,
  otherBridge: (device: string, found: string | null, expected: string): string => `${device} is ${found === null ? 'in no bridge' : `in ${found}`}, it belongs into ${expected}.`,
  otherMacPasses: (device: string, mac: string, expected: string): string => `Table 25 of br-int lets MAC ${mac} pass on ${device}, the port has ${expected}.`,
  reaches: (vlan: number, reach: Reach, nameOf: (id: string) => string, expected: string): string => `${leadsTo(vlan, reach, nameOf).slice(0, -1)}; they belong to ${expected}.`,
  sentInto: (vlan: number, network: string | null, expected: string): string =>
    `${framesOf(vlan)} were learned in ${network === null ? 'a local VLAN of no network' : `network ${network}`}; they belong to ${expected}.`,
  leadsTo,
  stray: ({ vlan, macAddress, frames }: SentFrames, whereTo: string): string =>
    `The guest sends ${onVlan(vlan)} with MAC ${macAddress}${counted(frames)}: no port of the trunk has that VLAN. ${whereTo}`,
  strayInterface: ({ name, vlan }: GuestInterface, whereTo: string): string => `${name} in the guest is ${onVlan(vlan)}, which no subport has. ${whereTo}`,
}

function leadsTo(vlan: number, { networkIds, deadEnds }: Reach, nameOf: (id: string) => string): string {
  if (networkIds.length > 0) return `${framesOf(vlan)} reach ${joinSome(networkIds.map(nameOf))}.`
  return `${framesOf(vlan)} reach no network: ${deadEnds.join(', ')}.`
}

const sentences = (first: string, second: string | null): string => (second === null ? first : `${first} ${second}`)

export const oddityWords = {
  strangerOnBridge: (device: string, bridge: string): string => `${device} is on ${bridge}, but belongs to no port of this trunk. It gets frames of the guest.`,
  extraSubPort: (device: string, bridge: string, portId: string): string => `${device} on ${bridge} joins port ${portId}, which is no subport of this trunk.`,
  deadEnd: (device: string, tag: number | null): string =>
    `${device} on br-int (tag ${tag ?? 'none'}) leads to nothing: left behind by a trunk that is gone, as Neutron's agents do.`,
  strangeBridge: (bridge: string): string => `${bridge} belongs to no trunk of the design.`,
}

/** What becomes of it. */
export const explainOddityCure = ({ isOurs, bridge, device }: Pick<AuditOddity, 'isOurs' | 'bridge' | 'device'>): string => {
  if (isOurs) return 'The next plan removes it.'
  return `Not ours, so it is left alone; by hand: ovs-vsctl ${bridge === device ? `del-br ${bridge}` : `del-port ${bridge} ${device}`}`
}

/** One sentence for a port: the first hop that disagrees, with where its frames go when that is told elsewhere. */
export function explainAuditRow({ hops, guestVlan, networkName, state }: Omit<AuditRow, 'verdict'>): string {
  const first = hops.find((hop) => hop.finding !== null)
  if (first) {
    const network = hops.find((hop) => hop.kind === 'network' && hop.host === 'differs')
    return first.kind === 'outer' || first.kind === 'inner' ? sentences(first.finding!, network?.finding ?? null) : first.finding!
  }
  const way = `${guestVlan === 0 ? 'Untagged' : `VLAN ${guestVlan}`} is ${networkName}`
  if (state === 'agrees') return `${way}: the design, the host and the packets say the same.`
  if (hops.every((hop) => hop.host === 'unchecked')) return `${way} in the design; the host was not read.`
  if (hops.every((hop) => hop.traffic === 'unchecked')) return `${way} on the host as in the design; no packets were seen.`
  return `${way} on the host as in the design; some packets were seen, not all the way.`
}

export function explainAudit(rows: readonly AuditRow[], oddities: readonly AuditOddity[]): string {
  const wrong = rows.filter((row) => row.state === 'differs')
  const odd = oddities.length === 0 ? '' : ` Beside them, ${plural(oddities.length, 'thing belongs', 'things belong')} to no port.`
  if (wrong.length === 1) return `${wrong[0]!.label}: ${wrong[0]!.verdict}${odd}`
  if (wrong.length > 1) return `${wrong.length} of ${plural(rows.length, 'port')} disagree, the first of them ${wrong[0]!.label}: ${wrong[0]!.verdict}${odd}`
  if (rows.every((row) => row.state === 'agrees')) return `All ${plural(rows.length, 'port')} agree: the design, the host and the packets say the same.${odd}`
  return `No port disagrees. ${plural(rows.filter((row) => row.state === 'agrees').length, 'port')} of ${rows.length} proven by packets.${odd}`
}

/** How much of the three truths an audit has looked at. */
export function explainListening({ listenedS, guestProblem, captureProblem }: Pick<TrunkAudit, 'listenedS' | 'guestProblem' | 'captureProblem'>): string {
  if (listenedS === null) return 'The design against the last reading of the host. What the guest sends was not looked at yet.'
  const problems = [guestProblem, captureProblem].flatMap((problem) => (problem === null ? [] : ` ${/[.!?]$/.test(problem) ? problem : `${problem}.`}`))
  return `The design, the host, and what the guest sent within ${listenedS} s.${problems.join('')}`
}
