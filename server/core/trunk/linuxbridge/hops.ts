// The hops of one port of a trunk on a Linux bridge host (docs/reference/linux-bridge.md): a VLAN interface on the parent's tap takes the
// guest's tag off and is a port of the bridge of the subport's network, which leaves by a NIC. Packets prove with the tap's capture, with
// what the bridges learn (only what the filter lets pass, without a tag, by device) and with what leaves the NIC.

import { isDead } from '../../compile/scope'
import type { HostState } from '../../host/host-state'
import { CHAIN_PREFIX } from '../../host/iptables'
import type { Link } from '../../host/link'
import { brqName, tapName } from '../../naming'
import { findById } from '../../topology/find'
import type { AuditHop, LearnedMac, SentFrames } from '../audit'
import {
  type AuditContext,
  agrees,
  carriesValue,
  differs,
  guestHop,
  isOf,
  isOnlyOwner,
  type Judgement,
  makeHop,
  reachHop,
  unchecked,
} from '../audit-hops'
import type { Reach } from '../networks-reached'
import type { Found, PatchPair, TrunkHost } from '../patch-pair'
import type { DeadEnd, Header, HopValue } from '../trunk-params'
import { wayOut } from '../ways-out'

export function linuxBridgeHops(context: AuditContext, host: TrunkHost, pair: PatchPair): AuditHop[] {
  const network = findById(host.topology.networks, pair.port.networkId)
  const isOff = network !== null && isDead(pair.port, network)
  return [
    guestHop(context, pair),
    tapHop(context, host, pair),
    takerHop(context, host, pair, isOff),
    bridgeHop(context, host, pair),
    reachHop(context, pair, wireFrames(context, host, pair), isOff, wireState(host, pair)),
  ]
}

function tapHop({ parent, sent }: AuditContext, host: TrunkHost, pair: PatchPair): AuditHop {
  const device = tapName(parent.id)
  const isThere = linkOn(host.state, device) !== undefined
  const traffic = (sent?.of(pair).right.length ?? 0) > 0 ? agrees : unchecked
  return makeHop(
    pair,
    { kind: 'vif', device, expected: carriesValue(), found: isThere ? carriesValue() : null },
    isThere ? agrees : differs(linkMissing(device)),
    traffic,
  )
}

/** The device that takes the guest's frames off the tap: the VLAN interface of a subport, the tap itself of the parent. */
function takerHop(context: AuditContext, host: TrunkHost, pair: PatchPair, isOff: boolean): AuditHop {
  const [tap, device] = [tapName(context.parent.id), tapName(pair.port.id)]
  const link = linkOn(host.state, device)
  const expected = tagOn(pair.guestVlan, tap)
  const found = link ? tagOn(link.vlan?.id ?? 0, link.vlan?.lower ?? tap) : null
  const id =
    found === null
      ? differs(linkMissing(device))
      : isSameHeader(found, expected)
        ? agrees
        : differs({ code: 'header-differs', params: { device, found, expected } })
  const described = { kind: 'outer', device, expected: headerValue(expected), found: found && headerValue(found) } as const
  return makeHop(pair, described, id === agrees && !isOff ? filterState(host, pair, device) : id, takerFrames(context, host, pair, isOff))
}

function takerFrames(context: AuditContext, host: TrunkHost, pair: PatchPair, isOff: boolean): Judgement {
  const { learned, sent } = context
  if (!learned || isOff) return unchecked
  if (learnedBy(context, pair)) return agrees
  const takers = takersOf(host.state, tapName(context.parent.id))
  const elsewhere = learned.find((each) => takers.has(each.port) && isOf(pair, each))
  if (elsewhere && isOnlyOwner(context, pair)) return differs(entersBy(pair, elsewhere))
  return (sent?.of(pair).right.length ?? 0) > 0
    ? differs({ code: 'not-taken', params: { vlan: pair.guestVlan, device: tapName(pair.port.id) } })
    : unchecked
}

/** What keeps other addresses out; one that does not know the port keeps the port's own out. */
function filterState({ state }: TrunkHost, { port }: PatchPair, device: string): Judgement {
  if (!port.isPortSecurityEnabled) return agrees
  const chain = state.iptables.find((each) => each.family === 'bridge' && each.chain === `${CHAIN_PREFIX}i-${device}`)
  if (!chain) return differs({ code: 'filter-missing', params: { device } })
  return chain.rules.includes(`-s ${port.macAddress} -j RETURN`)
    ? agrees
    : differs({ code: 'filter-keeps-mac', params: { device, mac: port.macAddress } })
}

function bridgeHop(context: AuditContext, host: TrunkHost, pair: PatchPair): AuditHop {
  const [device, bridge] = [tapName(pair.port.id), brqName(pair.port.networkId)]
  const link = linkOn(host.state, device)
  const membership = !link
    ? unchecked
    : link.master === bridge
      ? agrees
      : differs({ code: 'bridge-differs', params: { device, found: link.master ?? null, expected: bridge } })
  const came = learnedBy(context, pair)
  const traffic = !came ? unchecked : came.bridge === bridge ? agrees : differs(entersBy(pair, came))
  const member = (master: string | null): HopValue => ({ code: 'member', params: { device, bridge: master, isHere: master === bridge } })
  return makeHop(
    pair,
    { kind: 'inner', device: bridge, expected: member(bridge), found: link ? member(link.master ?? null) : null },
    membership,
    traffic,
  )
}

/** Where the way out puts on another id, or stands in another bridge, frames reach another network than the bridge says. */
function wireState(host: TrunkHost, pair: PatchPair): Judgement {
  const network = findById(host.topology.networks, pair.port.networkId)
  const way = network && wayOut(host.topology, host.hostId, network)
  if (!way) return agrees
  const [device, bridge] = [way.device ?? way.nic, brqName(pair.port.networkId)]
  const link = linkOn(host.state, device)
  if (!link) return differs(linkMissing(device))
  const [found, expected] = [headerOf(link), { vlan: way.vlan, vni: way.vni }]
  if (found !== null && !isSameHeader(found, expected)) return differs({ code: 'header-differs', params: { device, found, expected } })
  return link.master === bridge
    ? agrees
    : differs({ code: 'bridge-differs', params: { device, found: link.master ?? null, expected: bridge } })
}

/** Frames that leave are judged by their header; those that stay on this host have reached their network with its bridge. */
function wireFrames(context: AuditContext, host: TrunkHost, pair: PatchPair): Judgement {
  const came = learnedBy(context, pair)
  if (!came) return unchecked
  const network = findById(host.topology.networks, pair.port.networkId)
  const way = network && wayOut(host.topology, host.hostId, network)
  const left = (context.left ?? []).filter((each) => isOf(pair, each))
  const stray =
    way && isOnlyOwner(context, pair)
      ? left.find((each) => each.device !== way.nic || each.vlan !== way.vlan || each.vni !== way.vni)
      : undefined
  if (stray && way) {
    const { device, macAddress, vlan, vni } = stray
    return differs({
      code: 'leaves-as',
      params: { device, mac: macAddress, header: { vlan, vni }, expected: { vlan: way.vlan, vni: way.vni }, nic: way.nic },
    })
  }
  return came.bridge === brqName(pair.port.networkId) ? agrees : unchecked
}

/** How a bridge learned the port's MAC by the port's own device. */
const learnedBy = ({ learned }: AuditContext, pair: PatchPair): LearnedMac | null =>
  learned?.find((each) => each.port === tapName(pair.port.id) && isOf(pair, each)) ?? null

const takersOf = ({ links }: Pick<HostState, 'links'>, tap: string): ReadonlySet<string> =>
  new Set([tap, ...links.filter(({ netns, vlan }) => netns === '' && vlan?.lower === tap).map(({ name }) => name)])

/** What came out of the tap's devices, for a guest that sends more than a capture holds. */
export function withTaken(
  sent: readonly SentFrames[],
  learned: readonly LearnedMac[],
  { links }: Pick<HostState, 'links'>,
  tap: string,
): SentFrames[] {
  const takers = takersOf({ links }, tap)
  const more = learned
    .filter(({ port }) => takers.has(port))
    .map(({ port, macAddress }) => ({
      vlan: links.find(({ netns, name }) => netns === '' && name === port)?.vlan?.id ?? 0,
      macAddress,
      frames: null,
    }))
  return [...sent, ...more.filter((each) => !sent.some(({ vlan, macAddress }) => vlan === each.vlan && macAddress === each.macAddress))]
}

/** Which bridges take frames of a guest VLAN from the tap, and whose they are. */
export function linuxBridgeReach(host: TrunkHost, parentId: string, guestVlan: number): Reach {
  const tap = tapName(parentId)
  const takers = host.state.links.filter(
    ({ netns, name, vlan }) => netns === '' && (guestVlan === 0 ? name === tap : vlan?.lower === tap && vlan.id === guestVlan),
  )
  if (takers.length === 0) return { networkIds: [], deadEnds: [{ code: 'nobody-has-id', params: { tap, vlan: guestVlan } }] }
  const networkOf = ({ master }: Link) => host.topology.networks.find(({ id }) => brqName(id) === master)
  return {
    networkIds: [...new Set(takers.flatMap((link) => networkOf(link)?.id ?? []))],
    deadEnds: takers.flatMap((link): DeadEnd[] => (networkOf(link) ? [] : [{ code: 'in-no-network', params: { device: link.name } }])),
  }
}

const linkOn = ({ links }: Pick<HostState, 'links'>, name: string): Link | undefined =>
  links.find((link) => link.netns === '' && link.name === name)
const linkMissing = (device: string): Found => ({ code: 'link-missing', params: { device } })
const entersBy = ({ port }: PatchPair, { bridge, port: device }: LearnedMac): Found => ({
  code: 'enters-by',
  params: { mac: port.macAddress, bridge, device },
})
const headerValue = (header: Header): HopValue => ({ code: 'header', params: header })
const tagOn = (vlan: number, tap: string): Header => (vlan === 0 ? { vlan, vni: null } : { vlan, vni: null, lower: tap })
const isSameHeader = (one: Header, other: Header): boolean => one.vlan === other.vlan && one.vni === other.vni && one.lower === other.lower
/** null for a device that puts no header on. */
const headerOf = ({ vlan, vxlan }: Link): Header | null =>
  vxlan ? { vlan: 0, vni: vxlan.vni } : vlan ? { vlan: vlan.id, vni: null } : null
