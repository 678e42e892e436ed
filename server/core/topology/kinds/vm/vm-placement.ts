// Where a VM may be: on a host of the availability zone and of the aggregate that it asks for, which is not kept for other projects. And where it goes when
// nobody says: as Nova's filters and weights do it, without the memory, which a design does not know.

import { countLoads } from '../../allocate/network-host'
import type { Allocated } from '../../allocate/allocated'
import { findById } from '../../find'
import { canCarry, checkBinding } from '../../rules/binding-rules'
import type { Topology } from '../../topology'
import { conflict, type Violation } from '../../violation'
import type { Host } from '../host/host'
import type { Vm } from './vm'

type Placed = Pick<Vm, 'projectId' | 'availabilityZone' | 'hostAggregateId'>

/** As they are stored; an empty zone is none. */
export const wishesOf = ({
  availabilityZone,
  hostAggregateId,
}: {
  readonly availabilityZone?: string | null | undefined
  readonly hostAggregateId?: string | null | undefined
}): Pick<Vm, 'availabilityZone' | 'hostAggregateId'> => ({
  ...(availabilityZone != null && availabilityZone !== '' && { availabilityZone }),
  ...(hostAggregateId != null && { hostAggregateId }),
})

/** What of the VM's wishes, and of whom the host is kept for, does not hold there. */
export function checkPlacement(topology: Topology, host: Host, { projectId, availabilityZone, hostAggregateId }: Placed): Violation[] {
  const wanted = findById(topology.hostAggregates, hostAggregateId)
  const keptFor = projectsOf(topology, host)
  return [
    ...(availabilityZone === undefined || availabilityZone === host.availabilityZone
      ? []
      : [conflict('vm-host-zone', 'hostId', { host: host.name, zone: host.availabilityZone, wanted: availabilityZone }, [host.name])]),
    ...(!wanted || wanted.hostIds.includes(host.id)
      ? []
      : [conflict('vm-host-aggregate', 'hostId', { host: host.name, aggregate: wanted.name }, [host.name, wanted.name])]),
    ...(keptFor === null || keptFor.has(projectId)
      ? []
      : [conflict('vm-host-project', 'hostId', { host: host.name, project: projectName(topology, projectId) }, [host.name])]),
  ]
}

/** null: everybody. Of several aggregates that are kept, each lets its own projects in (Nova's AggregateMultiTenancyIsolation). */
function projectsOf({ hostAggregates }: Topology, host: Host): ReadonlySet<string> | null {
  const kept = hostAggregates.filter(({ hostIds, projectIds }) => projectIds.length > 0 && hostIds.includes(host.id))
  return kept.length === 0 ? null : new Set(kept.flatMap(({ projectIds }) => projectIds))
}

const projectName = ({ projects }: Topology, id: string): string => findById(projects, id)?.name ?? id

/** Of a VM that comes to a host; one that is there stays. */
export const checkComes = (host: Host): Violation[] =>
  host.isSchedulable ? [] : [conflict('host-schedulable', 'hostId', { host: host.name }, [host.name])]

/** The host with the fewest VMs of those that may have it and carry all of its networks. */
export function chooseVmHost(topology: Topology, vm: Placed, networkIds: readonly string[]): Allocated<Host> {
  const allowed = topology.hosts.filter(
    (host) => host.roles.includes('compute') && host.isSchedulable && !host.isReadOnly && checkPlacement(topology, host, vm).length === 0,
  )
  const networks = networkIds.flatMap((id) => findById(topology.networks, id) ?? [])
  const loads = countLoads(topology.vms.map(({ hostId }) => hostId))
  const [chosen] = allowed
    .filter((host) => networks.every((network) => canCarry(topology, network, host)))
    .sort((a, b) => loads.of(a) - loads.of(b) || (a.name < b.name ? -1 : 1))
  if (chosen) return { ok: true, value: chosen }
  // Of hosts that would do but for a network, one says what it lacks.
  const [lacking] = allowed.slice(0, 1).flatMap((host) => networks.flatMap(({ id }) => checkBinding(topology, id, host.id)))
  const aggregate = findById(topology.hostAggregates, vm.hostAggregateId)?.name ?? null
  const wishes = { zone: vm.availabilityZone ?? null, aggregate, project: projectName(topology, vm.projectId) }
  return { ok: false, violation: lacking ?? conflict('vm-host-none', 'hostId', wishes, []) }
}
