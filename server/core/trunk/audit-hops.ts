// The five hops of one port of a trunk, from the guest outwards. Each compares what the design says with what the host (or the
// guest itself) has, and with what packets did. Packets prove with what bridges learn: tbr- learns what the VIF lets in, br-int
// only what tables 24 and 25 let pass, each with the VLAN it stood in. Mirrors and captures do not see patch ports.

import { DEAD_VLAN } from '../compile/integration-bridge'
import { auditWords, guestVlanWords } from '../explain/trunk-audit'
import { INTEGRATION_BRIDGE, qvoName } from '../naming'
import type { Agreement } from '../path/path'
import type { Port } from '../topology/topology'
import type { Attribution } from './attribute-frames'
import type { AuditHop, GuestInterface, LearnedMac, LeftFrames, SentFrames } from './audit'
import type { Reach } from './networks-reached'
import { innerTag, networkOfTag, pairProblems, type PatchPair, type PairProblem, type TrunkHost } from './patch-pair'

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
  /** What the host does with a source address that is not the port's, in a sentence. */
  readonly macConsequence: string
}

/** What one truth says of one hop: a sentence, or whether it agrees. */
export interface Judgement {
  readonly agreement: Agreement
  readonly finding: string | null
}

export const agrees: Judgement = { agreement: 'agrees', finding: null }
export const unchecked: Judgement = { agreement: 'unchecked', finding: null }
export const differs = (finding: string): Judgement => ({ agreement: 'differs', finding })
const firstProblem = (problems: readonly (string | null)[]): Judgement => {
  const problem = problems.find((each) => each !== null)
  return typeof problem === 'string' ? differs(problem) : agrees
}

export function auditHops(context: AuditContext, pair: PatchPair): AuditHop[] {
  const problems = context.host ? pairProblems(context.host, pair) : null
  return [guestHop(context, pair), vifHop(context, pair), outerHop(context, pair, problems), innerHop(context, pair, problems), networkHop(context, pair)]
}

export type Described = Pick<AuditHop, 'kind' | 'device' | 'expected' | 'found'>
export const makeHop = (described: Described, host: Judgement, traffic: Judgement): AuditHop => ({
  ...described,
  intent: 'agrees',
  host: host.agreement,
  traffic: traffic.agreement,
  finding: host.finding ?? traffic.finding,
})

export function guestHop(context: AuditContext, pair: PatchPair): AuditHop {
  const interfaces = context.guest?.of(pair)
  const shown = interfaces && [...interfaces.right, ...interfaces.wrongMac, ...interfaces.wrongVlan]
  const described: Described = {
    kind: 'guest',
    device: shown?.[0]?.name ?? `guest ${guestVlanWords(pair.guestVlan)}`,
    expected: `${guestVlanWords(pair.guestVlan)}, ${pair.port.macAddress}`,
    found: shown?.map((each) => `${guestVlanWords(each.vlan)}, ${each.macAddress}`).join('; ') || null,
  }
  return makeHop(described, guestInterfaces(context, pair), guestFrames(context, pair))
}

function guestInterfaces(context: AuditContext, pair: PatchPair): Judgement {
  const interfaces = context.guest?.of(pair)
  if (!interfaces) return unchecked
  const [wrongMac] = pair.port.isPortSecurityEnabled ? interfaces.wrongMac : []
  if (wrongMac) return differs(auditWords.guestMac(wrongMac, pair.port.macAddress, context.macConsequence))
  const [wrongVlan] = interfaces.wrongVlan
  if (wrongVlan) return differs(auditWords.guestVlan(wrongVlan, pair.guestVlan, whereTo(context, wrongVlan.vlan)))
  // A guest may tag by other means (a bridge, a DPDK program), so a missing interface alone proves nothing.
  return interfaces.right.length > 0 ? agrees : unchecked
}

function guestFrames(context: AuditContext, pair: PatchPair): Judgement {
  const sent = context.sent?.of(pair)
  if (!sent) return unchecked
  const [wrongMac] = pair.port.isPortSecurityEnabled ? sent.wrongMac : []
  if (wrongMac) return differs(auditWords.sentMac(wrongMac, pair.port.macAddress, context.macConsequence))
  const [wrongVlan] = sent.wrongVlan
  if (wrongVlan) return differs(auditWords.sentVlan(wrongVlan, pair.guestVlan, whereTo(context, wrongVlan.vlan)))
  return sent.right.length > 0 ? agrees : unchecked
}

/** The tap's frames come in by qvo; a tag on it would cut off the subports. */
function vifHop(context: AuditContext, pair: PatchPair): AuditHop {
  const { host, parent, sent, learned } = context
  const name = qvoName(parent.id)
  const vif = host?.portOn(host.bridge, name)
  const found = vif ? (vif.tag === null ? (vif.trunks.length === 0 ? 'all VLANs' : `VLANs ${vif.trunks.join(', ')}`) : `tag ${vif.tag}`) : null
  const isCut = vif && (vif.tag !== null || (vif.trunks.length > 0 && !vif.trunks.includes(pair.guestVlan)))
  const state = host ? firstProblem([vif ? null : `${name} is not a port of ${host.bridge}.`, isCut ? auditWords.vifCut(name, found ?? '') : null]) : unchecked
  const hasSent = (sent?.of(pair).right.length ?? 0) > 0
  const isLearned = host && learned?.some((each) => each.bridge === host.bridge && each.port === name && each.vlan === pair.guestVlan && isOf(pair, each))
  const traffic = isLearned ? agrees : hasSent && host ? differs(auditWords.lostBefore(pair.guestVlan, host.bridge)) : unchecked
  return makeHop({ kind: 'vif', device: name, expected: 'all VLANs', found }, state, traffic)
}

function outerHop(context: AuditContext, pair: PatchPair, problems: readonly PairProblem[] | null): AuditHop {
  const { host, learned } = context
  const end = host?.portOn(host.bridge, pair.outer)
  const described: Described = { kind: 'outer', device: pair.outer, expected: `tag ${pair.guestVlan}`, found: end ? `tag ${end.tag ?? 'none'}` : null }
  const elsewhere = learned?.find((each) => each.bridge === INTEGRATION_BRIDGE && each.port !== pair.inner && isTrunkPort(context, each.port) && isOf(pair, each) && isOnlyOwner(context, pair))
  const traffic = passes(context, pair) ? agrees : elsewhere ? differs(auditWords.entersBy(pair.port.macAddress, elsewhere.port)) : unchecked
  return makeHop(described, stateOf(problems, 'outer'), traffic)
}

function innerHop(context: AuditContext, pair: PatchPair, problems: readonly PairProblem[] | null): AuditHop {
  const { host } = context
  const end = host?.portOn(INTEGRATION_BRIDGE, pair.inner)
  const tag = host ? innerTag(host, pair.port) : null
  const described: Described = { kind: 'inner', device: pair.inner, expected: tag === null ? 'no local VLAN yet' : `tag ${tag} (local)`, found: end ? `tag ${end.tag ?? 'none'}` : null }
  return makeHop(described, stateOf(problems, 'inner', 'guard'), innerFrames(context, pair, tag))
}

function innerFrames(context: AuditContext, pair: PatchPair, tag: number | null): Judgement {
  const passed = passes(context, pair)
  if (passed) return passed.vlan === tag ? agrees : differs(auditWords.learnedIn(pair, passed.vlan))
  const { host, learned } = context
  const reachedBridge = host && learned?.some((each) => each.bridge === host.bridge && each.vlan === pair.guestVlan && isOf(pair, each))
  return reachedBridge && tag !== DEAD_VLAN ? differs(auditWords.notPassed(pair)) : unchecked
}

function networkHop(context: AuditContext, pair: PatchPair): AuditHop {
  const { host } = context
  const isDead = host !== null && innerTag(host, pair.port) === DEAD_VLAN
  return reachHop(context, pair, networkFrames(context, pair), isDead)
}

/** A port that is administratively down reaches nothing, rightly. */
export function reachHop({ reach: reachOf, networkName }: AuditContext, { guestVlan, port }: PatchPair, traffic: Judgement, isDead = false, wire: Judgement = agrees): AuditHop {
  const name = networkName(port.networkId)
  const reach = reachOf?.(guestVlan)
  const found = reach ? reach.networkIds.map(networkName).join(', ') || 'no network' : null
  const isRight = reach?.networkIds.length === 1 && reach.networkIds[0] === port.networkId
  const state = !reach || isDead ? unchecked : isRight ? wire : differs(auditWords.reaches(guestVlan, reach, networkName, name))
  return makeHop({ kind: 'network', device: name, expected: name, found }, state, traffic)
}

function networkFrames(context: AuditContext, pair: PatchPair): Judgement {
  const passed = passes(context, pair)
  if (!passed || !context.host) return unchecked
  const network = networkOfTag(context.host, passed.vlan)
  if (network?.id === pair.port.networkId) return agrees
  return differs(auditWords.sentInto(pair.guestVlan, network?.name ?? null, context.networkName(pair.port.networkId)))
}

function stateOf(problems: readonly PairProblem[] | null, ...ends: readonly PairProblem['end'][]): Judgement {
  return problems ? firstProblem(problems.filter(({ end }) => ends.includes(end)).map(({ sentence }) => sentence)) : unchecked
}

/** How br-int learned the port's MAC by its own patch port. */
const passes = ({ learned }: AuditContext, pair: PatchPair): LearnedMac | null =>
  learned?.find((each) => each.bridge === INTEGRATION_BRIDGE && each.port === pair.inner && isOf(pair, each)) ?? null

export const isOf = ({ port }: PatchPair, { macAddress }: { readonly macAddress: string }): boolean => port.macAddress.toLowerCase() === macAddress.toLowerCase()

/** A MAC that several ports share (allowed in different networks) says nothing about the way in. */
export const isOnlyOwner = ({ host }: AuditContext, { port }: PatchPair): boolean =>
  host?.topology.ports.filter((each) => each.macAddress.toLowerCase() === port.macAddress.toLowerCase()).length === 1

const isTrunkPort = ({ host }: AuditContext, name: string): boolean => {
  const peer = host?.portOn(INTEGRATION_BRIDGE, name)?.interface.options['peer']
  return peer !== undefined && host?.portOn(host.bridge, peer) !== undefined
}

/** Where frames of a VLAN that nobody should send really go. */
export function whereTo({ reach, networkName }: Pick<AuditContext, 'reach' | 'networkName'>, vlan: number): string | null {
  return reach && auditWords.leadsTo(vlan, reach(vlan), networkName)
}
