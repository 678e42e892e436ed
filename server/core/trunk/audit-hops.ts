// The five hops of one port of a trunk, from the guest outwards. Each compares what the design says with what the host (or the
// guest itself) has, and with what packets did. Packets prove with what bridges learn: tbr- learns what the VIF lets in, br-int
// only what tables 24 and 25 let pass, each with the VLAN it stood in. Mirrors and captures do not see patch ports.

import { DEAD_VLAN } from '../host/ovs'
import { INTEGRATION_BRIDGE, qvoName } from '../naming'
import type { Agreement } from '../path/path'
import type { AgentKind } from '../topology/kinds/host/host'
import type { Port } from '../topology/kinds/port/port'
import type { Attribution } from './attribute-frames'
import type { AuditHop, GuestInterface, LearnedMac, LeftFrames, SentFrames } from './audit'
import type { Reach } from './networks-reached'
import {
  type Found,
  innerTag,
  networkOfTag,
  pairProblems,
  type PatchPair,
  type PairProblem,
  portSubject,
  type TrunkHost,
} from './patch-pair'
import type { HopValue, LeadsTo } from './trunk-params'

export interface AuditContext {
  readonly parent: Port
  readonly networkName: (id: string) => string
  /** null: never read. */
  readonly host: TrunkHost | null
  /** Where frames of a guest VLAN really go there. */
  readonly reach: ((guestVlan: number) => Reach) | null
  /** null: the guest was not asked, or did not answer. */
  readonly guest: Attribution<GuestInterface> | null
  /** null: nobody listened. */
  readonly sent: Attribution<SentFrames> | null
  readonly learned: readonly LearnedMac[] | null
  readonly left: readonly LeftFrames[] | null
  /** Decides what becomes of a source address that is not the port's. */
  readonly agentKind: AgentKind
}

/** What one truth says of one hop: what is wrong, or whether it agrees. */
export interface Judgement {
  readonly agreement: Agreement
  readonly found: Found | null
}

export const agrees: Judgement = { agreement: 'agrees', found: null }
export const unchecked: Judgement = { agreement: 'unchecked', found: null }
export const differs = (found: Found): Judgement => ({ agreement: 'differs', found })
const firstProblem = (problems: readonly (Found | null)[]): Judgement => {
  const problem = problems.find((each) => each !== null)
  return problem ? differs(problem) : agrees
}

export function auditHops(context: AuditContext, pair: PatchPair): AuditHop[] {
  const problems = context.host ? pairProblems(context.host, pair) : null
  return [
    guestHop(context, pair),
    vifHop(context, pair),
    outerHop(context, pair, problems),
    innerHop(context, pair, problems),
    networkHop(context, pair),
  ]
}

export type Described = Pick<AuditHop, 'kind' | 'device' | 'expected' | 'found'>
export function makeHop(pair: PatchPair, described: Described, host: Judgement, traffic: Judgement): AuditHop {
  const found = host.found ?? traffic.found
  const finding = found && { severity: 'error' as const, subject: portSubject(pair), ...found }
  return { ...described, intent: 'agrees', host: host.agreement, traffic: traffic.agreement, finding }
}

const tagValue = (tag: number | null, isLocal = false): HopValue => ({ code: 'tag', params: { tag, isLocal } })
export const carriesValue = (tag: number | null = null, vlans: readonly number[] = []): HopValue => ({
  code: 'carries',
  params: { tag, vlans },
})
const interfacesValue = (interfaces: readonly Pick<GuestInterface, 'vlan' | 'macAddress'>[]): HopValue => ({
  code: 'interfaces',
  params: { list: interfaces.map(({ vlan, macAddress }) => ({ vlan, mac: macAddress })) },
})

export function guestHop(context: AuditContext, pair: PatchPair): AuditHop {
  const interfaces = context.guest?.of(pair)
  const shown = interfaces && [...interfaces.right, ...interfaces.wrongMac, ...interfaces.wrongVlan]
  const described: Described = {
    kind: 'guest',
    device: shown?.[0]?.name ?? null,
    expected: interfacesValue([{ vlan: pair.guestVlan, macAddress: pair.port.macAddress }]),
    found: shown?.length ? interfacesValue(shown) : null,
  }
  return makeHop(pair, described, guestInterfaces(context, pair), guestFrames(context, pair))
}

function guestInterfaces(context: AuditContext, pair: PatchPair): Judgement {
  const interfaces = context.guest?.of(pair)
  if (!interfaces) return unchecked
  const [wrongMac] = pair.port.isPortSecurityEnabled ? interfaces.wrongMac : []
  const { macAddress: expected } = pair.port
  if (wrongMac)
    return differs({
      code: 'guest-mac',
      params: { device: wrongMac.name, vlan: wrongMac.vlan, mac: wrongMac.macAddress, expected, agentKind: context.agentKind },
    })
  const [wrongVlan] = interfaces.wrongVlan
  if (wrongVlan)
    return differs({
      code: 'guest-vlan',
      params: { device: wrongVlan.name, vlan: wrongVlan.vlan, expected: pair.guestVlan, leadsTo: leadsTo(context, wrongVlan.vlan) },
    })
  // A guest may tag by other means (a bridge, a DPDK program), so a missing interface alone proves nothing.
  return interfaces.right.length > 0 ? agrees : unchecked
}

function guestFrames(context: AuditContext, pair: PatchPair): Judgement {
  const sent = context.sent?.of(pair)
  if (!sent) return unchecked
  const [wrongMac] = pair.port.isPortSecurityEnabled ? sent.wrongMac : []
  const { macAddress: expected } = pair.port
  if (wrongMac)
    return differs({
      code: 'sent-mac',
      params: { vlan: wrongMac.vlan, mac: wrongMac.macAddress, frames: wrongMac.frames, expected, agentKind: context.agentKind },
    })
  const [wrongVlan] = sent.wrongVlan
  if (wrongVlan)
    return differs({
      code: 'sent-vlan',
      params: { vlan: wrongVlan.vlan, frames: wrongVlan.frames, expected: pair.guestVlan, leadsTo: leadsTo(context, wrongVlan.vlan) },
    })
  return sent.right.length > 0 ? agrees : unchecked
}

/** The tap's frames come in by qvo; a tag on it would cut off the subports. */
function vifHop(context: AuditContext, pair: PatchPair): AuditHop {
  const { host, parent } = context
  const name = qvoName(parent.id)
  const vif = host?.portOn(host.bridge, name)
  const cuts = vif && (vif.tag !== null || (vif.trunks.length > 0 && !vif.trunks.includes(pair.guestVlan)))
  const state = !host
    ? unchecked
    : firstProblem([
        vif ? null : { code: 'no-port-of-bridge', params: { device: name, bridge: host.bridge } },
        cuts ? { code: 'vif-cuts-vlans', params: { device: name, tag: vif.tag, vlans: vif.trunks } } : null,
      ])
  return makeHop(
    pair,
    { kind: 'vif', device: name, expected: carriesValue(), found: vif ? carriesValue(vif.tag, vif.trunks) : null },
    state,
    vifTraffic(context, pair, name),
  )
}

/** What came in by the VIF the trunk's bridge has learned. */
function vifTraffic({ host, sent, learned }: AuditContext, pair: PatchPair, name: string): Judgement {
  if (!host) return unchecked
  const isHere = (each: LearnedMac) => each.bridge === host.bridge && each.port === name && each.vlan === pair.guestVlan
  if (learned?.some((each) => isHere(each) && isOf(pair, each))) return agrees
  const hasSent = (sent?.of(pair).right.length ?? 0) > 0
  return hasSent ? differs({ code: 'lost-before-bridge', params: { vlan: pair.guestVlan, bridge: host.bridge } }) : unchecked
}

function outerHop(context: AuditContext, pair: PatchPair, problems: readonly PairProblem[] | null): AuditHop {
  const { host, learned } = context
  const end = host?.portOn(host.bridge, pair.outer)
  const described: Described = {
    kind: 'outer',
    device: pair.outer,
    expected: tagValue(pair.guestVlan),
    found: end ? tagValue(end.tag) : null,
  }
  const elsewhere = learned?.find(
    (each) =>
      each.bridge === INTEGRATION_BRIDGE &&
      each.port !== pair.inner &&
      isTrunkPort(context, each.port) &&
      isOf(pair, each) &&
      isOnlyOwner(context, pair),
  )
  const traffic = passes(context, pair)
    ? agrees
    : elsewhere
      ? differs({ code: 'enters-by', params: { mac: pair.port.macAddress, bridge: INTEGRATION_BRIDGE, device: elsewhere.port } })
      : unchecked
  return makeHop(pair, described, stateOf(problems, 'outer'), traffic)
}

function innerHop(context: AuditContext, pair: PatchPair, problems: readonly PairProblem[] | null): AuditHop {
  const { host } = context
  const end = host?.portOn(INTEGRATION_BRIDGE, pair.inner)
  const tag = host ? innerTag(host, pair.port) : null
  const described: Described = {
    kind: 'inner',
    device: pair.inner,
    expected: tag === null ? { code: 'no-local-vlan', params: {} } : tagValue(tag, true),
    found: end ? tagValue(end.tag) : null,
  }
  return makeHop(pair, described, stateOf(problems, 'inner', 'guard'), innerFrames(context, pair, tag))
}

function innerFrames(context: AuditContext, pair: PatchPair, tag: number | null): Judgement {
  const passed = passes(context, pair)
  if (passed)
    return passed.vlan === tag ? agrees : differs({ code: 'leaves-patch-in', params: { device: pair.inner, localVlan: passed.vlan } })
  const { host, learned } = context
  const reachedBridge = host && learned?.some((each) => each.bridge === host.bridge && each.vlan === pair.guestVlan && isOf(pair, each))
  return reachedBridge && tag !== DEAD_VLAN
    ? differs({ code: 'lost-in-patch', params: { outer: pair.outer, inner: pair.inner } })
    : unchecked
}

function networkHop(context: AuditContext, pair: PatchPair): AuditHop {
  const { host } = context
  const isDead = host !== null && innerTag(host, pair.port) === DEAD_VLAN
  return reachHop(context, pair, networkFrames(context, pair), isDead)
}

/** A port that is administratively down reaches nothing, rightly. */
export function reachHop(context: AuditContext, pair: PatchPair, traffic: Judgement, isDead = false, wire: Judgement = agrees): AuditHop {
  const { guestVlan, port } = pair
  const name = context.networkName(port.networkId)
  const reach = context.reach?.(guestVlan) ?? null
  const way = reach && named(reach, context)
  const isRight = reach?.networkIds.length === 1 && reach.networkIds[0] === port.networkId
  const state =
    !way || isDead
      ? unchecked
      : isRight
        ? wire
        : differs({ code: 'network-differs', params: { vlan: guestVlan, leadsTo: way, expected: name } })
  const found: HopValue | null = way && { code: 'networks', params: { names: way.networks } }
  return makeHop(pair, { kind: 'network', device: name, expected: { code: 'networks', params: { names: [name] } }, found }, state, traffic)
}

function networkFrames(context: AuditContext, pair: PatchPair): Judgement {
  const passed = passes(context, pair)
  if (!passed || !context.host) return unchecked
  const network = networkOfTag(context.host, passed.vlan)
  if (network?.id === pair.port.networkId) return agrees
  return differs({
    code: 'learned-in',
    params: { vlan: pair.guestVlan, network: network?.name ?? null, expected: context.networkName(pair.port.networkId) },
  })
}

function stateOf(problems: readonly PairProblem[] | null, ...ends: readonly PairProblem['end'][]): Judgement {
  return problems ? firstProblem(problems.filter(({ end }) => ends.includes(end)).map(({ found }) => found)) : unchecked
}

/** How br-int learned the port's MAC by its own patch port. */
const passes = ({ learned }: AuditContext, pair: PatchPair): LearnedMac | null =>
  learned?.find((each) => each.bridge === INTEGRATION_BRIDGE && each.port === pair.inner && isOf(pair, each)) ?? null

export const isOf = ({ port }: PatchPair, { macAddress }: { readonly macAddress: string }): boolean =>
  port.macAddress.toLowerCase() === macAddress.toLowerCase()

/** A MAC that several ports share (allowed in different networks) says nothing about the way in. */
export const isOnlyOwner = ({ host }: AuditContext, { port }: PatchPair): boolean =>
  host?.topology.ports.filter((each) => each.macAddress.toLowerCase() === port.macAddress.toLowerCase()).length === 1

const isTrunkPort = ({ host }: AuditContext, name: string): boolean => {
  const peer = host?.portOn(INTEGRATION_BRIDGE, name)?.interface.options['peer']
  return peer !== undefined && host?.portOn(host.bridge, peer) !== undefined
}

/** Where frames of a guest VLAN really go. */
export const leadsTo = (context: Pick<AuditContext, 'reach' | 'networkName'>, vlan: number): LeadsTo | null =>
  context.reach && named(context.reach(vlan), context)

const named = ({ networkIds, deadEnds }: Reach, { networkName }: Pick<AuditContext, 'networkName'>): LeadsTo => ({
  networks: networkIds.map(networkName),
  deadEnds,
})
