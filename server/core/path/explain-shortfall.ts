// The sentence about the hop where packets end: where they were last seen, where they are missing, and why. The reason
// comes, in this order, from a drop flow that counted them, from what the host shows about the hop, or from the table
// of places below, whose rows are the signatures of reference §18.

import { INTEGRATION_BRIDGE } from '../naming'
import { explainDrop } from './diagnosis'
import type { TrafficKind } from './expectations'
import { placeReason } from './loss-places'
import type { Path, PathHop } from './path'
import type { PathSides } from './path-sides'
import { providerPatch, tunnelPatch } from './path-side'
import type { DropGrowth, HopSighting } from './sighting'
import type { Shortfall } from './verdict'

export interface ShortfallContext {
  readonly path: Path
  readonly sides: PathSides
  readonly sightings: ReadonlyMap<string, HopSighting>
  readonly drops: readonly DropGrowth[]
}

const words: Readonly<Record<TrafficKind, string>> = {
  'arp-request': 'ARP requests',
  'arp-reply': 'ARP replies',
  'echo-request': 'Echo requests',
  'echo-reply': 'Echo replies',
}

export const isReply = (kind: TrafficKind): boolean => kind === 'arp-reply' || kind === 'echo-reply'

export function explainShortfall(shortfall: Shortfall, context: ShortfallContext): string {
  const { kind, hop, lastGood, seen, wanted, difference } = shortfall
  const reason = reasonOf(shortfall, context)
  if (difference !== null && seen === 0) return because(`${words[kind]} reach ${nameOf(hop)} with ${difference}`, reason)
  if (!lastGood) return because(neverSent(shortfall, context), reason)
  const reach = nameOf(isBridge(hop) ? (nextInTravel(context.path, shortfall) ?? hop) : hop)
  const amount = seen === 0 ? `none reach ${reach}` : `only ${seen} of ${wanted} reach ${reach}`
  return because(`${words[kind]} leave ${nameOf(lastGood)}, ${amount}`, reason)
}

const because = (what: string, reason: string | null) => (reason === null ? what : `${what}: ${reason}`)

/** Names alone where they are unique on the path, with the host where both hosts have one. */
function nameOf({ device, hostName, lane }: PathHop): string {
  const isPerPort = lane === 'tap' || lane === 'tap-vlan' || lane === 'qbr' || lane === 'qvb' || lane === 'qvo' || lane === 'trunk-patch' || lane === 'dhcp'
  return hostName === null || isPerPort ? device : `${device} of ${hostName}`
}

const isBridge = ({ lane }: PathHop) => lane === 'br-int' || lane === 'br-tun' || lane === 'provider-bridge' || lane === 'trunk-bridge'

function nextInTravel({ hops }: Path, { kind, hop }: Shortfall): PathHop | undefined {
  return hops[hops.indexOf(hop) + (isReply(kind) ? -1 : 1)]
}

/** Nothing upstream saw a packet of this kind: the sender itself is the place. */
function neverSent({ kind, hop, seen, wanted }: Shortfall, { path }: ShortfallContext): string {
  const sender = isReply(kind) ? path.destination : path.source
  const other = isReply(kind) ? path.source : path.destination
  if (seen > 0) return `${sender.label} sent only ${seen} of ${wanted} ${words[kind].toLowerCase()} through ${nameOf(hop)}`
  if (!isReply(kind)) return `${sender.label} sends no ${words[kind].replace('Echo', 'echo')} for ${other.ipAddress ?? other.label} through ${nameOf(hop)}`
  return `${sender.label} does not answer ${kind === 'arp-reply' ? 'ARP' : 'the ping'} from ${other.label}`
}

/** A hop further up that differs may have sent the frames on wrongly: it is named as well. */
function reasonOf(shortfall: Shortfall, context: ShortfallContext): string | null {
  const reason = wrongAim(shortfall, context) ?? countedDrop(shortfall, context) ?? hostFinding(shortfall, context) ?? lastResort(shortfall, context)
  const upstream = upstreamFinding(shortfall, context)
  return [reason, upstream].filter((part) => part !== null).join('; ') || null
}

/**
 * A sender that already has an entry for the address sends at once, without ARP, also when the address has moved to another
 * MAC since (RFC 1122 §2.3.2.1): the frames go to where nobody is.
 */
function wrongAim({ kind, hop, lastGood }: Shortfall, { path, sightings }: ShortfallContext): string | null {
  const mac = lastGood ? undefined : sightings.get(hop.id)?.wrongMacs[kind]
  if (mac === undefined) return null
  const [sender, other] = isReply(kind) ? [path.destination, path.source] : [path.source, path.destination]
  return `${sender.label} takes ${mac} for ${other.ipAddress ?? other.label}: an old entry of its ARP cache, which "ip neigh flush all" there clears, or a route by way of another machine`
}

/** Hops between the last sighting and the one where packets are missing, in the direction of travel. */
function suspectsOf({ kind, hop, lastGood }: Shortfall, { path: { hops } }: ShortfallContext): readonly PathHop[] {
  const travel = isReply(kind) ? [...hops].reverse() : hops
  const start = lastGood ? travel.indexOf(lastGood) + 1 : 0
  return travel.slice(start, travel.indexOf(hop) + 1)
}

/** Only a drop among the suspects may be blamed: drop flows count other people's frames too. */
function countedDrop(shortfall: Shortfall, context: ShortfallContext): string | null {
  for (const suspect of suspectsOf(shortfall, context)) {
    const side = sideAt(suspect, shortfall, context)
    const drop = side && context.drops.find((each) => isAt(each, suspect, side.isSender))
    if (side && drop) return explainCounted(drop, side, shortfall, context)
  }
  return null
}

function sideAt({ hostId }: PathHop, { kind }: Shortfall, { sides: { near, far } }: ShortfallContext) {
  const sender = isReply(kind) ? far : near
  const side = [sender, near, far].find(({ host }) => host.id === hostId)
  return side ? { side, sender, isSender: side === sender } : null
}

/** Anti-spoofing judges only frames that start on this host. */
function isAt({ hostId, flow, packets }: DropGrowth, suspect: PathHop, isSender: boolean): boolean {
  const isHere = hostId === suspect.hostId && packets > 0 && bridgesAt(suspect).includes(flow.bridge)
  return isHere && (isSender || flow.bridge !== INTEGRATION_BRIDGE || flow.table !== 24)
}

function explainCounted({ flow }: DropGrowth, { side, sender }: Pick<NonNullable<ReturnType<typeof sideAt>>, 'side' | 'sender'>, { kind }: Shortfall, { sightings }: ShortfallContext): string {
  const own = sender.endpoint.ipAddress
  const seen = isReply(kind) ? [] : [...sightings.values()].flatMap(({ arpSenders }) => arpSenders)
  const senderIp = seen.find((address) => address !== own) ?? own
  return explainDrop({ bridge: flow.bridge, table: flow.table, flow }, { side, sender, senderIp })
}

function bridgesAt({ lane, device }: PathHop): string[] {
  if (lane === 'br-int' || lane === 'qvo' || lane === 'trunk-patch' || lane === 'dhcp') return [INTEGRATION_BRIDGE]
  if (lane === 'br-tun' || lane === 'provider-bridge' || lane === 'trunk-bridge') return [device]
  if (lane !== 'patch') return []
  const outer = device === tunnelPatch.inner ? tunnelPatch.outerBridge : device.replace(/^int-/, '')
  return [INTEGRATION_BRIDGE, providerPatch(outer).outerBridge]
}

/** What the host shows about the suspects, nearest to the sender first. */
const hostFinding = (shortfall: Shortfall, context: ShortfallContext): string | null =>
  firstFinding(suspectsOf(shortfall, context))

function upstreamFinding({ kind, lastGood }: Shortfall, { path: { hops } }: ShortfallContext): string | null {
  const travel = isReply(kind) ? [...hops].reverse() : hops
  return lastGood ? firstFinding(travel.slice(0, travel.indexOf(lastGood) + 1)) : null
}

const firstFinding = (hops: readonly PathHop[]) => hops.find(({ finding }) => finding !== null)?.finding ?? null

const lastResort = ({ lastGood, hop }: Shortfall, { path }: ShortfallContext): string | null =>
  lastGood ? placeReason(path, lastGood, hop) : null
