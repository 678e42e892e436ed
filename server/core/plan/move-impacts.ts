// What a move of a VM is to its ports and nested uplinks: one impact each, where they come to, and none where they leave.

import { findById } from '../topology/find'
import { subPortOf, vmOfPort } from '../topology/lookup'
import { presenceOf } from '../topology/presence'
import type { Topology } from '../topology/topology'
import type { NestedUplink } from '../topology/kinds/nested-uplink/nested-uplink'
import type { Vm } from '../topology/kinds/vm/vm'
import type { Move } from './moves'
import type { HostPlan, Impact } from './plan'
import type { PlanWarning } from './plan-params'

/** What impacts are read off. */
export interface Planned {
  readonly hosts: readonly HostPlan[]
  readonly moves: readonly Move[]
  readonly desired: Topology
  readonly base: Topology
}

type Found = Pick<Impact, 'kind' | 'reason'>

/** null: none here; undefined: it does not move. */
export function movedPort(portId: string, hostId: string, planned: Planned): Found | null | undefined {
  const parentId = subPortOf(planned.desired, portId)?.trunk.portId ?? portId
  return moveOf(vmOfPort(planned.desired.vms, parentId), hostId, planned, ({ from }) => presenceOf(planned.base).isOn(portId, from))
}

export const movedUplink = (uplink: NestedUplink, hostId: string, planned: Planned): Found | null | undefined =>
  moveOf(findById(planned.desired.vms, uplink.vmId), hostId, planned, () => planned.base.nestedUplinks.some(({ id }) => id === uplink.id))

/** What the VM gets on its way is no part of the move. */
function moveOf(vm: Vm | null, hostId: string, { hosts, moves }: Planned, wasThere: (move: Move) => boolean): Found | null | undefined {
  const move = moves.find(({ id }) => id === vm?.id)
  if (!vm || !move || !wasThere(move)) return undefined
  if (hostId === move.from) return null
  if (hostId !== move.to) return undefined
  const nameOf = (id: string) => hosts.find((host) => host.hostId === id)?.hostName ?? id
  return { kind: 'rebuilt', reason: { code: 'vm-moved', params: { vm: vm.name, from: nameOf(move.from), to: nameOf(move.to) } } }
}

/** A disk that the guest writes to lies on a host, and nobody carries it to another one. */
export function diskWarnings(moves: readonly Move[], { vms, hosts }: Topology): PlanWarning[] {
  return moves.flatMap(({ id, from, to }): PlanWarning[] => {
    const vm = findById(vms, id)
    const path = vm && writtenDisk(vm)
    if (!vm || !path) return []
    const nameOf = (id: string) => findById(hosts, id)?.name ?? id
    return [
      {
        severity: 'warning',
        subject: { kind: 'vm', id: vm.id, name: vm.name },
        code: 'disk-not-carried',
        params: { path, from: nameOf(from), to: nameOf(to) },
      },
    ]
  })
}

const writtenDisk = ({ boot }: Vm): string | null => {
  if (boot.kind === 'disk') return boot.path
  return boot.disk && !boot.disk.isReadOnly ? boot.disk.path : null
}
