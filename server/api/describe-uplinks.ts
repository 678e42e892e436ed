// Nested uplinks with what the design chose for them: host, devices, bridge, and the guest's name for the NIC.

import type { NestedUplinkDetail } from '@/server/core/api-types'
import { dataBridgeName, dataQvbName, dataQvoName, tapName } from '@/server/core/naming'
import { findById } from '@/server/core/topology/find'
import type { NestedUplink } from '@/server/core/topology/kinds/nested-uplink/nested-uplink'
import type { Topology } from '@/server/core/topology/topology'

export const describeUplinks = (topology: Topology): NestedUplinkDetail[] =>
  topology.nestedUplinks.flatMap((uplink) => describe(topology, uplink))

function describe(topology: Topology, uplink: NestedUplink): NestedUplinkDetail[] {
  const vm = findById(topology.vms, uplink.vmId)
  const host = findById(topology.hosts, vm?.hostId)
  if (!vm || !host) return []
  const providerBridge = host.bridgeMappings.find(({ physicalNetworkId }) => physicalNetworkId === uplink.physicalNetworkId)?.bridge ?? null
  return [
    {
      ...uplink,
      hostId: host.id,
      innerHostId: topology.hosts.find(({ vmId }) => vmId === vm.id)?.id ?? null,
      devices: {
        tap: tapName(uplink.id),
        bridge: dataBridgeName(uplink.number),
        qvb: dataQvbName(uplink.number),
        qvo: dataQvoName(uplink.number),
        providerBridge,
      },
    },
  ]
}
