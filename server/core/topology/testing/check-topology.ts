// Every rule over every object: what must hold of any topology, however it came about. Edits check only what they touch.

import { itemsOf, kindNames, kindOf } from '../kinds/kinds'
import { MAX_VLAN_ID, MIN_VLAN_ID } from '../kinds/network/segment-rules'
import type { Kind, Topology } from '../topology'
import { checkDescription } from '../rules/descriptions'
import { invalid, type Violation } from '../violation'

export const checkTopology = (topology: Topology): Violation[] => [
  ...kindNames.flatMap((kind) => checkList(topology, kind)),
  ...checkLocalVlans(topology),
]

const checkList = <K extends Kind>(topology: Topology, kind: K): Violation[] =>
  itemsOf(topology, kind).flatMap((item) => [...checkDescription(item.description ?? ''), ...kindOf(kind).check(topology, item)])

function checkLocalVlans({ localVlans }: Topology): Violation[] {
  return localVlans.flatMap((local, index) => {
    const isInRange = local.vlan >= MIN_VLAN_ID && local.vlan <= MAX_VLAN_ID
    const isTaken = localVlans.slice(0, index).some((other) => other.hostId === local.hostId && other.vlan === local.vlan)
    if (isInRange && !isTaken) return []
    return [invalid('local-vlan', null, { vlan: local.vlan, isTaken })]
  })
}
