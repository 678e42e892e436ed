// Rules of host aggregates: known hosts and projects, each once, and the VMs that stand on its hosts may go on standing there.

import { findById } from '../../find'
import { checkName, checkNameFree } from '../../rules/names'
import { namesOf, refuse } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import { invalid, missing, type Violation } from '../../violation'
import { checkPlacement } from '../vm/vm-placement'
import type { HostAggregate } from './host-aggregate'

/** `topology` may hold its former self. */
export function checkHostAggregate(topology: Topology, aggregate: HostAggregate): Violation[] {
  return [
    ...checkName(aggregate.name),
    ...checkNameFree('hostAggregate', topology.hostAggregates, aggregate),
    ...checkListed(topology.hosts, aggregate.hostIds, 'host'),
    ...checkListed(topology.projects, aggregate.projectIds, 'project'),
  ]
}

function checkListed(
  known: readonly { readonly id: string; readonly name: string }[],
  ids: readonly string[],
  what: 'host' | 'project',
): Violation[] {
  return ids.flatMap((id, index) => {
    const field = `${what}Ids.${index}`
    const item = findById(known, id)
    if (!item) return [missing(what, field)]
    return ids.indexOf(id) === index ? [] : [invalid('aggregate-unique', field, { what, name: item.name })]
  })
}

/** What the change does to VMs that are placed already; `before` is what it was. */
export function checkPlaced(next: Topology, before: HostAggregate | null, after: HostAggregate): Violation[] {
  const touched = new Set([...(before?.hostIds ?? []), ...after.hostIds])
  const broken = next.vms.flatMap((vm) => {
    const host = touched.has(vm.hostId) ? findById(next.hosts, vm.hostId) : null
    return host ? checkPlacement(next, host, vm) : []
  })
  // However many VMs say it of one host.
  const said = new Map(broken.map((violation) => [JSON.stringify(violation), violation]))
  return [...said.values()].map((violation) => ({
    ...violation,
    field: violation.rule === 'vm-host-project' ? 'projectIds' : 'hostIds',
  }))
}

export function checkHostAggregateRemoval({ vms }: Topology, { id, name }: HostAggregate): Violation[] {
  const users = namesOf(vms.filter(({ hostAggregateId }) => hostAggregateId === id))
  return refuse('aggregate-wanted', users, { aggregate: name, users })
}
