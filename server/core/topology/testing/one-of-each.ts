// The small cloud with at least one object of every kind, for tests that walk the kinds.

import { createUplink } from '../kinds/nested-uplink/nested-uplink-edits'
import { createTrunk } from '../kinds/trunk/trunk-edits'
import type { Topology } from '../topology'
import { makeSample } from './sample'

export function makeOneOfEach(): Topology {
  const { draft, demo, physnet1, blue, green, web1 } = makeSample()
  draft.make(createUplink({ vmId: web1, physicalNetworkId: physnet1 }, draft.ids))
  const subPorts = [{ networkId: blue, segmentationType: 'vlan', segmentationId: 101 }]
  const { id } = draft.make(
    createTrunk(
      { projectId: demo, name: 'uplinks', networkId: green, subPorts, isAdminStateUp: true },
      { ids: draft.ids, now: '2026-01-01T00:00:00.000Z' },
    ),
  )
  const parent = draft.topology.trunks.find((trunk) => trunk.id === id)!.portId
  draft.vm({
    projectId: demo,
    name: 'gateway',
    hostId: draft.topology.hosts.find(({ name }) => name === 'cmp1')!.id,
    nics: [{ portId: parent }],
  })
  return draft.topology
}
