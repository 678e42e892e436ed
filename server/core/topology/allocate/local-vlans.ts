// Local VLANs: one per Open vSwitch host and network, kept while any port of the network is bound on the host, freed with the last one.
// The lowest free number is taken, as Neutron's agent does; the choice is stored before anything runs.

import { traitsOf } from '../../agents/agent-traits'
import { findById } from '../find'
import { placeOf } from '../presence'
import { MAX_VLAN_ID, MIN_VLAN_ID } from '../kinds/network/segment-rules'
import type { LocalVlan, Topology } from '../topology'
import { conflict } from '../violation'
import { type Allocated, lowestFree } from './allocated'

type Need = Pick<LocalVlan, 'hostId' | 'networkId'>

/** The same list where nothing came and nothing went. */
export function assignLocalVlans(topology: Topology): Allocated<readonly LocalVlan[]> {
  const needs = listNeeds(topology)
  const kept = topology.localVlans.filter(({ hostId, networkId }) => needs.get(hostId)?.has(networkId))
  const known = groupByHost(kept)
  const added: LocalVlan[] = []
  for (const [hostId, networkIds] of needs) {
    const vlans = known.get(hostId) ?? new Map<string, number>()
    if (vlans.size === networkIds.size) continue
    const taken = new Set(vlans.values())
    for (const networkId of networkIds) {
      if (vlans.has(networkId)) continue
      const vlan = lowestFree(MIN_VLAN_ID, MAX_VLAN_ID, taken)
      if (vlan === null) return { ok: false, violation: exhausted(topology, { hostId, networkId }) }
      taken.add(vlan)
      added.push({ hostId, networkId, vlan })
    }
  }
  const isAsBefore = added.length === 0 && kept.length === topology.localVlans.length
  return { ok: true, value: isAsBefore ? topology.localVlans : [...kept, ...added] }
}

/** Networks by host, in the order of their ports. */
function listNeeds(topology: Topology): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map(topology.hosts.flatMap((host) => (traitsOf(host).hasLocalVlans ? [[host.id, new Set<string>()] as const] : [])))
  for (const port of topology.ports) for (const hostId of placeOf(port, topology)) needs.get(hostId)?.add(port.networkId)
  return needs
}

function groupByHost(localVlans: readonly LocalVlan[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const groups = new Map<string, Map<string, number>>()
  for (const { hostId, networkId, vlan } of localVlans) {
    const group = groups.get(hostId)
    if (group) group.set(networkId, vlan)
    else groups.set(hostId, new Map([[networkId, vlan]]))
  }
  return groups
}

function exhausted({ hosts }: Topology, { hostId }: Need) {
  const name = findById(hosts, hostId)?.name ?? hostId
  return conflict('local-vlans-exhausted', 'hostId', { host: name, most: MAX_VLAN_ID }, [name])
}
