// The places of a path through a router of somebody else's, as a walk through what was read found them: nothing was designed there, so
// each tells what it does with the frame and by what that is proven, and the plugs of both ends are looked at as on any path.

import { routeKey } from '../../host/ip'
import { INTEGRATION_BRIDGE, qbrName, qvbName, qvoName, tapName } from '../../naming'
import { hitsOf } from '../bridge-trace'
import { captureProof, type HopFacts, noProof } from '../hop'
import { tunnelOf } from '../packets'
import type { Role } from '../path'
import { nicPort, patchPairOf, wireVlan } from '../path-side'
import { counterProof, learnedKeys } from '../proof-flows'
import type { Stop } from '../stop'
import { describe } from './describe'
import { patchCounters } from './openvswitch/patch'
import { trunkBridge, trunkPatch } from './openvswitch/trunk'
import { wire } from './wire'

/** Their describers ask nothing of the far end. */
const PLUGS: ReadonlySet<Role> = new Set<Role>(['vm', 'tap', 'qbr', 'qvb', 'qvo', 'dhcp'])

export function describeRouted(stop: Stop): HopFacts {
  const {
    role,
    place: { kind, device, netns },
  } = stop
  if (role === 'router') return router(stop)
  if (role === 'router-port') return routerPort(stop)
  if (PLUGS.has(role) && isOfEnd(stop)) return describe(stop)
  if (role === 'wire') return wire(stop)
  if (role === 'patch') return patch(stop)
  if (role === 'trunk-bridge' && isOfTrunk(stop)) return { ...trunkBridge(stop), proof: bridge(stop).proof }
  if (role === 'trunk-patch' && isOfTrunk(stop))
    return { ...trunkPatch(stop), proof: unseenPatch(stop.side.trunk!.bridge, INTEGRATION_BRIDGE) }
  if (kind === 'ovs-bridge' || kind === 'ovs-patch') return bridge(stop)
  return { detail: wearing(stop), proof: captureProof(device, netns) }
}

function router({ side: { view }, in: before, out, causes }: Stop): HopFacts {
  const [came, goes] = [before.payload, out.payload]
  const becomes = (end: 'source' | 'destination') =>
    came.kind === 'ipv4' && goes.kind === 'ipv4' && came[end] !== goes[end] ? goes[end] : null
  const key = causes.flatMap((cause) => (cause.kind === 'route' ? [cause.ref] : []))[0]
  const route = view?.observation.state.routes.find((each) => routeKey(each) === key)
  return {
    detail: {
      code: 'routed',
      params: { route: route?.destination ?? null, translated: { source: becomes('source'), destination: becomes('destination') } },
    },
    proof: noProof({ code: 'in-stack', params: {} }),
    counters: null,
  }
}

function routerPort({ side: { view }, place: { netns, device } }: Stop): HopFacts {
  const own = view?.observation.state.addresses.find((address) => address.netns === netns && address.link === device)
  return { detail: { code: 'address', params: { address: own?.cidr ?? null } }, proof: captureProof(device, netns) }
}

function patch({ side, place: { device } }: Stop): HopFacts {
  const { inner, outer } = patchPairOf(device)
  return {
    detail: { code: 'patch', params: { inner, outer } },
    proof: unseenPatch(inner, outer),
    counters: patchCounters(side, INTEGRATION_BRIDGE, inner),
  }
}

const unseenPatch = (before: string, behind: string) => noProof({ code: 'between-devices', params: { before, behind } })

/** What is lost may be followed by its copy in a flood, which comes to somebody else's plug or trunk. */
function isOfEnd({ side, role, inPort, place: { device } }: Stop): boolean {
  const { id } = nicPort(side)
  if (role === 'vm') return inPort === null || inPort === tapName(id)
  return role === 'dhcp' || [tapName(id), qbrName(id), qvbName(id), qvoName(id)].includes(device)
}

const isOfTrunk = ({ side: { trunk }, place: { device } }: Stop): boolean =>
  trunk !== null && [trunk.bridge, trunk.outer, trunk.inner].includes(device)

/** By the last flow that the walk hit: it says most about the frame. */
function bridge(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const hit = hitsOf(stop).at(-1) ?? null
  return {
    detail: wearing(stop),
    translation: stop.causes.flatMap((cause) => (cause.kind === 'flow' && cause.changed !== null ? [cause.ref] : []))[0] ?? null,
    proof: counterProof(side, device, [hit], learnedKeys(hit, stop.in)),
    counters: null,
  }
}

function wearing({ role, side, in: before, out }: Stop): HopFacts['detail'] {
  const tunnel = tunnelOf(out)
  if (tunnel) return { code: 'tunnel', params: { vni: tunnel.vni, source: tunnel.source, destination: tunnel.destination } }
  const [came, goes] = [before, out].map(({ vlans }) => vlans[0]?.vlanId ?? null)
  // What comes to a provider bridge by a patch port has a local VLAN, which is on no wire.
  if (role === 'provider-bridge') return { code: 'wire-tag', params: { vlan: goes ?? null } }
  const tag = goes ?? came ?? null
  return role === 'br-int' || role === 'br-tun'
    ? taggedInside(side, came ?? null, tag, goes ?? null)
    : { code: 'wire-tag', params: { vlan: tag } }
}

function taggedInside(side: Stop['side'], came: number | null, tag: number | null, goes: number | null): HopFacts['detail'] {
  const { localVlans } = side.topology
  const own = localVlans.find(({ hostId, networkId }) => hostId === side.host.id && networkId === side.network.id)?.vlan ?? null
  const isFromWire = goes === null && came !== null && came !== own && came === wireVlan(side.network)
  return isFromWire ? { code: 'wire-to-local', params: { vlan: came, tag: own } } : { code: 'local-tag', params: { tag: tag ?? own } }
}
