// Local VLANs: one per Open vSwitch host and network, kept while any port of the network is bound on the host, freed with the last one.
// The lowest free number is taken, as Neutron's agent does; the choice is stored before anything runs.

import { traitsOf } from '../../agents/agent-traits'
import { findById } from '../find'
import { presenceOf } from '../presence'
import { MAX_VLAN_ID, MIN_VLAN_ID } from '../kinds/network/segment-rules'
import type { LocalVlan, Topology } from '../topology'
import { conflict } from '../violation'
import { type Allocated, lowestFree } from './allocated'

type Need = Pick<LocalVlan, 'hostId' | 'networkId'>

export function assignLocalVlans(topology: Topology): Allocated<LocalVlan[]> {
  const needs = listNeeds(topology)
  const needed = new Set(needs.map(keyOf))
  const assigned = topology.localVlans.filter((local) => needed.has(keyOf(local)))
  const known = new Set(assigned.map(keyOf))
  for (const need of needs) {
    if (known.has(keyOf(need))) continue
    const taken = new Set(assigned.filter((local) => local.hostId === need.hostId).map((local) => local.vlan))
    const vlan = lowestFree(MIN_VLAN_ID, MAX_VLAN_ID, taken)
    if (vlan === null) return { ok: false, violation: exhausted(topology, need) }
    assigned.push({ ...need, vlan })
  }
  return { ok: true, value: assigned }
}

function listNeeds(topology: Topology): Need[] {
  const presence = presenceOf(topology)
  const needs = topology.ports.flatMap(({ id, networkId }) =>
    presence.hostsOfPort(id).flatMap((host) => (traitsOf(host).hasLocalVlans ? [{ hostId: host.id, networkId }] : [])),
  )
  return [...new Map(needs.map((need) => [keyOf(need), need])).values()]
}

const keyOf = ({ hostId, networkId }: Need): string => `${hostId}/${networkId}`

function exhausted({ hosts }: Topology, { hostId }: Need) {
  const name = findById(hosts, hostId)?.name ?? hostId
  return conflict('local-vlans-exhausted', 'hostId', { host: name, most: MAX_VLAN_ID }, [name])
}
