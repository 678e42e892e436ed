// The same port plugged in two ways: with a NIC of its own (reference §5), and through a trunk (§11.1, §11.2).
// Hops come from the very segments that paths are made of, without a host's reading: this is what the design means, not what
// is there. Pure.

import { INTEGRATION_BRIDGE } from '../naming'
import { type HopDraft, makeHop, noProof, untagged } from '../path/hop'
import { linkBetween } from '../path/link-to-next'
import type { PathHop } from '../path/path'
import { type PathSide, mappingOf, providerPatch, tunnelPatch } from '../path/path-side'
import { sideOf } from '../path/path-sides'
import { traceSide } from '../path/side-traces'
import { bridgeHop as networkBridgeHop, pluggedEndpoint } from '../path/segments/linuxbridge-segment'
import { trunkSegment } from '../path/segments/trunk-segment'
import { vmSegment } from '../path/segments/vm-segment'
import type { Port, Topology, Trunk, Vm } from '../topology/topology'

export interface PlugComparison {
  /** From the guest to where frames leave the bridge of the host. */
  readonly plain: readonly PathHop[]
  readonly trunk: readonly PathHop[]
  readonly moves: readonly PlugMove[]
}

export interface PlugMove {
  /** Of one device, seen from the plain plug. `shared`: a subport uses the parent's. */
  readonly change: 'same' | 'changed' | 'new' | 'shared' | 'gone'
  readonly device: string
  readonly plain: string | null
  readonly trunk: string | null
}

/** null while no VM uses the trunk's parent, or the port is not of this trunk. */
export function comparePlugs(topology: Topology, trunk: Trunk, portId: string): PlugComparison | null {
  const vm = topology.vms.find((each) => each.portIds.includes(trunk.portId))
  const isMember = trunk.portId === portId || trunk.subPorts.some((each) => each.portId === portId)
  if (!vm || !isMember) return null
  const [plain, through] = [plugHops(asPlainPort(topology, trunk, vm, portId), portId), plugHops(topology, portId)]
  const parents = new Set(plugHops(topology, trunk.portId)?.map(({ device }) => device))
  return plain && through && { plain, trunk: through, moves: listMoves(plain, through, parents) }
}

/** As if the trunk had never been: a subport is a further NIC of the VM. */
function asPlainPort(topology: Topology, trunk: Trunk, vm: Vm, portId: string): Topology {
  const trunks = topology.trunks.filter(({ id }) => id !== trunk.id)
  if (portId === trunk.portId) return { ...topology, trunks }
  const plug = (port: Port): Port => (port.id === portId ? { ...port, deviceOwner: 'compute:nova', deviceId: vm.id, hostId: vm.hostId } : port)
  const vms = topology.vms.map((each) => (each.id === vm.id ? { ...vm, portIds: [...vm.portIds, portId] } : each))
  return { ...topology, trunks, vms, ports: topology.ports.map(plug) }
}

function plugHops(topology: Topology, portId: string): PathHop[] | null {
  const side = sideOf({ topology, observations: new Map() }, portId, 'source')
  if (!side) return null
  const drafts = side.host.agentKind === 'linuxbridge' ? [...pluggedEndpoint(side), networkBridgeHop(side)] : openVswitchHops(side)
  return drafts.map((draft, index) => {
    const next = drafts[index + 1]
    return { ...draft, linkToNext: next ? linkBetween(draft.lane, next.lane) : null, traffic: 'unchecked' }
  })
}

const openVswitchHops = (side: PathSide): HopDraft[] => [
  ...vmSegment(side),
  ...trunkSegment(side, traceSide(side, side, { kind: 'same-host' })),
  integrationHop(side),
  patchHop(side),
]

const integrationHop = (side: PathSide): HopDraft => inside(side, 'br-int', INTEGRATION_BRIDGE, `tag ${side.localVlan ?? '?'} (local)`)

function patchHop(side: PathSide): HopDraft {
  const { inner, outer } = side.network.type === 'vxlan' ? tunnelPatch : providerPatch(mappingOf(side)?.bridge ?? 'br-?')
  return inside(side, 'patch', inner, `${inner} ┄ ${outer}`)
}

const inside = (side: PathSide, lane: 'br-int' | 'patch', device: string, detail: string): HopDraft =>
  makeHop(side, {
    lane,
    device,
    detail,
    encapsulation: side.localVlan === null ? untagged : { kind: 'local-vlan', vlan: side.localVlan },
    proof: noProof('What the design means; the path proves it'),
    counters: null,
  })

/** What is no longer needed, then the way through the trunk. */
function listMoves(plain: readonly PathHop[], trunk: readonly PathHop[], parents: ReadonlySet<string>): PlugMove[] {
  const find = (hops: readonly PathHop[], hop: PathHop) => hops.find(({ lane, device }) => lane === hop.lane && device === hop.device)
  const gone = plain.filter((hop) => !find(trunk, hop)).map((hop): PlugMove => ({ change: 'gone', device: hop.device, plain: hop.detail, trunk: null }))
  // Only a subport leaves devices of its own behind; for the parent what its trunk adds is new.
  const isSubPort = gone.length > 0
  const kept = trunk.map((hop): PlugMove => {
    const before = find(plain, hop)
    if (!before) return { change: isSubPort && parents.has(hop.device) ? 'shared' : 'new', device: hop.device, plain: null, trunk: hop.detail }
    return { change: before.detail === hop.detail ? 'same' : 'changed', device: hop.device, plain: before.detail, trunk: hop.detail }
  })
  return [...gone, ...kept]
}
