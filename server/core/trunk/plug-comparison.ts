// The same port plugged in two ways: with a NIC of its own (docs/reference/hybrid-plug.md), and through a trunk (trunks.md,
// linux-bridge.md). Hops are drawn as those of paths are, without a host's reading: this is what the design means, not what is there. Pure.

import { drawStart } from '../path/draw-leg'
import type { HopDetail } from '../path/hop-params'
import type { PathHop } from '../path/path'
import { sideOf } from '../path/path-sides'
import type { Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Vm } from '../topology/kinds/vm/vm'
import type { Topology } from '../topology/topology'

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
  readonly plain: HopDetail | null
  readonly trunk: HopDetail | null
}

/** null while no VM uses the trunk's parent, or the port is not of this trunk. */
export function comparePlugs(topology: Topology, trunk: Trunk, portId: string): PlugComparison | null {
  const vm = topology.vms.find((each) => each.portIds.includes(trunk.portId))
  const isMember = trunk.portId === portId || trunk.subPorts.some((each) => each.portId === portId)
  if (!vm || !isMember) return null
  const [plain, through] = [plugHops(asPlainPort(topology, trunk, vm, portId), portId), plugHops(topology, portId)]
  const parents = new Set(plugHops(topology, trunk.portId)?.map(({ place: { device } }) => device))
  return plain && through && { plain, trunk: through, moves: listMoves(plain, through, parents) }
}

/** As if the trunk had never been: a subport is a further NIC of the VM. */
function asPlainPort(topology: Topology, trunk: Trunk, vm: Vm, portId: string): Topology {
  const trunks = topology.trunks.filter(({ id }) => id !== trunk.id)
  if (portId === trunk.portId) return { ...topology, trunks }
  const plug = (port: Port): Port =>
    port.id === portId ? { ...port, deviceOwner: 'compute:nova', deviceId: vm.id, hostId: vm.hostId } : port
  const vms = topology.vms.map((each) => (each.id === vm.id ? { ...vm, portIds: [...vm.portIds, portId] } : each))
  return { ...topology, trunks, vms, ports: topology.ports.map(plug) }
}

/** Up to where frames leave the bridge that the host has for all its ports. */
function plugHops(topology: Topology, portId: string): readonly PathHop[] | null {
  const side = sideOf({ topology, observations: new Map() }, portId, 'source')
  return side && drawStart(side, ['patch', 'brq'])
}

/** What is no longer needed, then the way through the trunk. */
function listMoves(plain: readonly PathHop[], trunk: readonly PathHop[], parents: ReadonlySet<string>): PlugMove[] {
  const find = (hops: readonly PathHop[], hop: PathHop) =>
    hops.find(({ role, place: { device } }) => role === hop.role && device === hop.place.device)
  const gone = plain
    .filter((hop) => !find(trunk, hop))
    .map((hop): PlugMove => ({ change: 'gone', device: hop.place.device, plain: hop.detail, trunk: null }))
  // Only a subport leaves devices of its own behind; for the parent what its trunk adds is new.
  const isSubPort = gone.length > 0
  const kept = trunk.map((hop): PlugMove => {
    const before = find(plain, hop)
    if (!before)
      return {
        change: isSubPort && parents.has(hop.place.device) ? 'shared' : 'new',
        device: hop.place.device,
        plain: null,
        trunk: hop.detail,
      }
    return {
      change: JSON.stringify(before.detail) === JSON.stringify(hop.detail) ? 'same' : 'changed',
      device: hop.place.device,
      plain: before.detail,
      trunk: hop.detail,
    }
  })
  return [...gone, ...kept]
}
