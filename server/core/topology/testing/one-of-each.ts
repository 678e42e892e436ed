// The small cloud with at least one object of every kind, for tests that walk the kinds.

import { hostAggregateEdits } from '../kinds/host-aggregate/host-aggregate-edits'
import { createUplink } from '../kinds/nested-uplink/nested-uplink-edits'
import { updatePort } from '../kinds/port/port-edits'
import { addInterface } from '../kinds/router/router-interfaces'
import { createSecurityGroup } from '../kinds/security-group/security-group-edits'
import { createTrunk } from '../kinds/trunk/trunk-edits'
import type { Topology } from '../topology'
import { makeSample } from './sample'

const gatewayHost = {
  roles: ['gateway'],
  tunnel: { address: '192.168.150.21', prefixLength: 24, nic: 'ens37', gatewayIp: '192.168.150.1' },
}

const southRecord = {
  cloudId: 'south',
  floatingIpId: '00000000-0000-4000-8000-00000000f1a7',
  floatingIp: '203.0.113.220',
  vmIp: '10.0.1.9',
  dvrMac: 'fa:16:3f:00:00:09',
  vni: 9,
  vtep: '192.168.152.9',
  selectorMac: 'fa:16:3e:00:00:09',
}

export function makeOneOfEach(): Topology {
  const { draft, demo, physnet1, blue, blueSubnet, green, greenSubnet, web1, web2 } = makeSample()
  // In the order of names it comes before `default`, which has its name for life.
  draft.make(
    createSecurityGroup(
      {
        projectId: demo,
        name: 'apps',
        rules: [
          {
            direction: 'ingress',
            etherType: 'IPv4',
            protocol: 'tcp',
            portRangeMin: 443,
            remoteIpPrefix: '10.0.0.0/8',
            description: 'of clients',
          },
        ],
      },
      draft.ids,
    ),
  )
  const pairs = [{ ipAddress: '10.0.1.200' }, { ipAddress: '10.9.0.0/24', macAddress: 'fa:16:3e:aa:bb:cc' }]
  draft.make(updatePort(draft.topology.vms.find(({ id }) => id === web1)!.portIds[0]!, { allowedAddressPairs: pairs }, draft.ids))
  draft.make(
    hostAggregateEdits.create!.edit(
      { name: 'fast', hostIds: [draft.topology.hosts[0]!.id], projectIds: [demo] },
      { ids: draft.ids, now: '' },
    ),
  )
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
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const routes = [{ destination: '10.9.0.0/16', nexthop: '203.0.113.9' }]
  draft.make(
    addInterface(
      draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside }, routes }),
      { subnetId: blueSubnet },
      draft.ids,
    ),
  )
  const inner = draft.router({ projectId: demo, name: 'inner', isDistributed: true, gateway: { networkId: outside, isSnatEnabled: false } })
  draft.make(addInterface(inner, { subnetId: greenSubnet }, draft.ids))
  draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId: draft.topology.vms.find(({ id }) => id === web1)!.portIds[0]! })
  draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId: parent })
  const shared = draft.floatingIp({ projectId: demo, networkId: outside })
  const internalPortId = draft.topology.vms.find(({ id }) => id === web2)!.portIds[0]!
  draft.forwarding({ floatingIpId: shared, protocol: 'tcp', externalPort: 8080, internalPortId, internalPort: 80 })
  draft.host('gw1', 21, { ...gatewayHost, bridgeMappings: [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }] })
  draft.gatewayCluster({
    name: 'gateways',
    networkId: outside,
    vip: '192.168.200.1',
    cloudId: 'north',
    localAs: 65_001,
    peers: [
      { address: '192.168.150.1', as: 65_000 },
      { address: '203.0.113.3', as: 65_000, hasBfd: false },
    ],
    floatingIpPools: [{ start: '203.0.113.200', end: '203.0.113.220' }],
    memberHostIds: draft.topology.hosts.filter(({ name }) => name === 'gw1').map((host) => host.id),
    importedRecords: [southRecord],
  })
  return draft.topology
}
