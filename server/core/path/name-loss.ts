// The verdict about the hop where packets end: where they were last seen, where they are missing, and why. The reason
// comes, in this order, from a drop flow that counted them, from what the host shows about the hop, or from the table
// of places below, whose rows are the signatures of docs/reference/faults.md.

import { INTEGRATION_BRIDGE, isOurCookie } from '../naming'
import { diagnoseDrop } from './diagnosis'
import { isReply, isRouted, travelOf } from './travel'
import type { TrafficKind } from './traffic-kinds'
import { type FilterGrowth, guiltyRule } from './filter-drops'
import { ownerOfChain } from './group-of-chain'
import type { GuestFinding } from './guest-state'
import type { HopFinding } from './hop-params'
import { placeReason } from './loss-places'
import type { Path, PathHop } from './path'
import { type PathSides, seenOn } from './path-sides'
import { type PathSide, providerPatch, tunnelPatch } from './path-side'
import type { DropGrowth, HopSighting } from './sighting'
import type { Shortfall } from './verdict'
import type { HopName, LossReason, Verdict } from './verdict-params'

export interface ShortfallContext {
  readonly path: Path
  readonly sides: PathSides
  readonly sightings: ReadonlyMap<string, HopSighting>
  readonly drops: readonly DropGrowth[]
  /** What the guests say is wrong with them, by port id. */
  readonly guests: ReadonlyMap<string, GuestFinding>
  /** Rules that ended packets meanwhile. */
  readonly filters: readonly FilterGrowth[]
}

export function nameLoss(shortfall: Shortfall, context: ShortfallContext): Verdict {
  const { kind, hop, lastGood, seen, wanted, difference } = shortfall
  const loss = { kind, why: reasonsOf(shortfall, context) }
  if (difference !== null && seen === 0) return { code: 'packets-differ', params: { ...loss, at: nameOf(hop), mismatches: difference } }
  if (!lastGood) return neverSent(loss, shortfall, context)
  const at = nameOf(isBridge(hop) ? (nextInTravel(context.path, shortfall) ?? hop) : hop)
  return { code: 'packets-lost', params: { ...loss, from: nameOf(lastGood), at, seen, wanted } }
}

/** Names alone where they are unique on the path, with the host where both hosts have one. */
function nameOf({ place: { device }, hostName, role }: PathHop): HopName {
  const isPerPort =
    role === 'tap' || role === 'tap-vlan' || role === 'qbr' || role === 'qvb' || role === 'qvo' || role === 'trunk-patch' || role === 'dhcp'
  return { device, host: isPerPort ? null : hostName }
}

const isBridge = ({ role }: PathHop) => role === 'br-int' || role === 'br-tun' || role === 'provider-bridge' || role === 'trunk-bridge'

function nextInTravel(path: Path, { kind, hop }: Shortfall): PathHop | undefined {
  const travel = travelOf(path, kind)
  return travel[travel.indexOf(hop) + 1]
}

/** Nothing upstream saw a packet of this kind: the sender itself is the place, if it was listened to where it sends. */
function neverSent(
  loss: { readonly kind: TrafficKind; readonly why: readonly LossReason[] },
  shortfall: Shortfall,
  { path, sightings }: ShortfallContext,
): Verdict {
  const { kind, hop, seen, wanted } = shortfall
  const travel = travelOf(path, kind)
  const unheard = travel
    .slice(0, travel.indexOf(hop))
    .find((each) => each.proof.method === 'capture' && (sightings.get(each.id)?.counts[kind] ?? null) === null)
  const {
    sender: { label },
    other,
  } = endsOf(kind, path)
  const where = { ...loss, label, at: nameOf(hop) }
  if (unheard) return { code: 'not-heard-before', params: { ...where, unheard: nameOf(unheard), seen, wanted } }
  if (seen > 0) return { code: 'sent-in-part', params: { ...where, seen, wanted } }
  if (!isReply(kind)) return { code: 'never-sent', params: { ...where, to: other.ipAddress ?? other.label } }
  return { code: 'no-answer', params: { ...where, to: other.label } }
}

/** Who sends packets of a kind, and to whom. `id`: of the end whose guest is asked; null where no guest is. */
interface LossEnd {
  readonly label: string
  readonly ipAddress: string | null
  readonly id: string | null
}

/** Who wants to send through a router asks it, and nobody behind it. */
function endsOf(kind: TrafficKind, path: Path): { readonly sender: LossEnd; readonly other: LossEnd } {
  const { source, destination } = path
  const asked = kind.startsWith('arp') && isRouted(path) ? routerOf(path) : destination
  return isReply(kind) ? { sender: asked, other: source } : { sender: source, other: asked }
}

/** By its port in the network of the source; where the way forth ends before that, by the MAC address that the frames are for. */
function routerOf({ forth: { hops } }: Path): LossEnd {
  const port = hops.find(({ role }) => role === 'router-port')
  const cidr = port?.detail.code === 'address' ? port.detail.params.address : null
  return { label: port?.place.device ?? hops[0]?.out.destinationMac ?? '', ipAddress: cidr?.split('/')[0] ?? null, id: null }
}

/** A hop further up that differs may have sent the frames on wrongly: it is named as well, and before anything is guessed. */
function reasonsOf(shortfall: Shortfall, context: ShortfallContext): LossReason[] {
  const here = hostFinding(shortfall, context)
  const reason =
    guestFinding(shortfall, context) ??
    wrongAim(shortfall, context) ??
    countedDrop(shortfall, context) ??
    countedRule(shortfall, context) ??
    here
  const upstream = upstreamFinding(shortfall, context)
  const isTold = isSame(upstream, here) || isOfRule(upstream, reason)
  const known = [reason, isTold ? null : upstream].filter((part) => part !== null)
  return known.length > 0 ? known : [lastResort(shortfall, context)].filter((part) => part !== null)
}

/** A NIC and the bridge that it is not in say the same. */
const isSame = (one: HopFinding | null, other: HopFinding | null): boolean => JSON.stringify(one) === JSON.stringify(other)

/** That they end by a rule was computed, and the rule has counted them. */
function isOfRule(finding: HopFinding | null, reason: LossReason | null): boolean {
  const end = finding?.code === 'walk-ends' ? finding.params.end : finding?.code === 'not-sent-on' ? finding.params.why : null
  return reason?.code === 'filter-rule' && end?.kind === 'dropped' && end.params['chain'] === reason.params.chain
}

/** Packets that were never seen to leave their sender: what it says itself comes before what can be guessed. */
const guestFinding = ({ kind, lastGood }: Shortfall, { path, guests }: ShortfallContext): LossReason | null =>
  lastGood ? null : (guests.get(endsOf(kind, path).sender.id ?? '') ?? null)

/**
 * A sender that already has an entry for the address sends at once, without ARP, also when the address has moved to another
 * MAC since (RFC 1122, section 2.3.2.1): the frames go to where nobody is.
 */
function wrongAim({ kind, hop, lastGood }: Shortfall, { path, sightings }: ShortfallContext): LossReason | null {
  const mac = lastGood ? undefined : sightings.get(hop.id)?.wrongMacs[kind]
  if (mac === undefined) return null
  const { sender, other } = endsOf(kind, path)
  return { code: 'wrong-aim', params: { label: sender.label, mac, other: other.ipAddress ?? other.label } }
}

/** Hops between the last sighting and the one where packets are missing, in the direction of travel. */
function suspectsOf({ kind, hop, lastGood }: Shortfall, { path }: ShortfallContext): readonly PathHop[] {
  const travel = travelOf(path, kind)
  const start = lastGood ? travel.indexOf(lastGood) + 1 : 0
  return travel.slice(start, travel.indexOf(hop) + 1)
}

/** Only a drop among the suspects may be blamed: drop flows count other people's frames too. */
function countedDrop(shortfall: Shortfall, context: ShortfallContext): LossReason | null {
  for (const suspect of suspectsOf(shortfall, context)) {
    const side = sideAt(suspect, shortfall, context)
    const drop = side && context.drops.find((each) => isAt(each, suspect, side, context.path))
    if (side && drop) return nameCounted(drop, side, shortfall, context)
  }
  return null
}

function countedRule(shortfall: Shortfall, context: ShortfallContext): LossReason | null {
  const { kind, wanted, seen, lastGood } = shortfall
  const guilty = guiltyRule(
    context.filters,
    [...(lastGood ? [lastGood] : []), ...suspectsOf(shortfall, context)],
    kind,
    Math.max(1, wanted - seen),
  )
  if (!guilty) return null
  const {
    rule: { family, table, chain, position, text, isOurs },
    packets,
  } = guilty
  const owner = ownerOfChain(context.sides.near.topology, chain)
  return { code: 'filter-rule', params: { family, table, chain, position, text, isOurs, packets, ...(owner && { owner }) } }
}

interface BlamedSide {
  readonly side: PathSide
  readonly sender: PathSide
}

/** The end to which a suspect belongs, as its host has it: behind a router the one that the packets are for. */
function sideAt(suspect: PathHop, { kind }: Shortfall, { path, sides: { near, far } }: ShortfallContext): BlamedSide | null {
  const [sender, other] = isReply(kind) ? [far, near] : [near, far]
  const travel = travelOf(path, kind)
  const isBehindRouter = travel.slice(0, travel.indexOf(suspect)).some(({ role }) => role === 'router')
  const ends = isRouted(path) ? [isBehindRouter ? other : sender] : [sender, other]
  const { hostId } = suspect.place
  const own = ends.find(({ host }) => host.id === hostId)
  if (own) return { side: own, sender }
  const between = (end: PathSide) => (isRouted(path) ? end.topology.hosts : end.carriers.map(({ host }) => host))
  const [side] = ends.flatMap((end) => between(end).flatMap((host) => (host.id === hostId ? seenOn(end, host, null) : [])))
  return side ? { side, sender } : null
}

/**
 * Anti-spoofing judges only frames that start on this host. To the host of a host that is a VM, the frames are those of a guest: none of the
 * pipeline there is meant for them, so that only what somebody else put in may be blamed.
 */
function isAt({ hostId, flow, packets }: DropGrowth, suspect: PathHop, { side, sender }: BlamedSide, path: Path): boolean {
  const isHere = hostId === suspect.place.hostId && packets > 0 && bridgesAt(suspect, path).includes(flow.bridge)
  if (isOurCookie(flow.cookie) && side.carriers.some(({ host }) => host.id === hostId)) return false
  return isHere && (side === sender || flow.bridge !== INTEGRATION_BRIDGE || flow.table !== 24)
}

function nameCounted(
  { flow, packets }: DropGrowth,
  { side, sender }: BlamedSide,
  { kind }: Shortfall,
  { sightings }: ShortfallContext,
): LossReason {
  // Neutron's tables say what a drop of theirs means; of a flow that somebody put among ours only its own words do.
  if (side.hasDesign && !isOurCookie(flow.cookie)) {
    const { bridge, table, priority, match } = flow
    return { code: 'foreign-drop', params: { bridge, table, priority, match, packets } }
  }
  const own = sender.endpoint.ipAddress
  const seen = isReply(kind) ? [] : [...sightings.values()].flatMap(({ arpSenders }) => arpSenders)
  const senderIp = seen.find((address) => address !== own) ?? own
  return { code: 'dropped', params: { drop: diagnoseDrop({ bridge: flow.bridge, table: flow.table, flow }, { side, sender, senderIp }) } }
}

function bridgesAt({ role, place: { device, hostId } }: PathHop, { forth: { hops } }: Path): string[] {
  if (role === 'trunk-patch')
    return [
      INTEGRATION_BRIDGE,
      ...hops.flatMap((hop) => (hop.role === 'trunk-bridge' && hop.place.hostId === hostId ? hop.place.device : [])),
    ]
  if (role === 'br-int' || role === 'qvo' || role === 'dhcp' || role === 'router-port') return [INTEGRATION_BRIDGE]
  if (role === 'br-tun' || role === 'provider-bridge' || role === 'trunk-bridge') return [device]
  if (role !== 'patch') return []
  const outer = device === tunnelPatch.inner ? tunnelPatch.outerBridge : device.replace(/^int-/, '')
  return [INTEGRATION_BRIDGE, providerPatch(outer).outerBridge]
}

/** What the host shows about the suspects, nearest to the sender first. */
const hostFinding = (shortfall: Shortfall, context: ShortfallContext): HopFinding | null => firstFinding(suspectsOf(shortfall, context))

function upstreamFinding({ kind, lastGood }: Shortfall, { path }: ShortfallContext): HopFinding | null {
  const travel = travelOf(path, kind)
  return lastGood ? firstFinding(travel.slice(0, travel.indexOf(lastGood) + 1)) : null
}

const firstFinding = (hops: readonly PathHop[]) => hops.find(({ finding }) => finding !== null)?.finding ?? null

/** What came by with another header was not lost in between. */
const lastResort = ({ lastGood, hop, seen, difference }: Shortfall, { path }: ShortfallContext): LossReason | null =>
  lastGood && (difference === null || seen > 0) ? placeReason(path, lastGood, hop) : null
