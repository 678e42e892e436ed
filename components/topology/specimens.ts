// A small cloud for tests of the logical view and for the gallery: three hosts, two networks, and one of every change.

import type { ObjectChange } from '@/server/core/plan/change'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import type { Kind, Topology } from '@/server/core/topology/topology'

const host = (id: string, roles: Host['roles']): Host => ({
  id,
  name: id,
  roles,
  availabilityZone: 'nova',
  agentKind: 'openvswitch',
  datapathType: 'netdev',
  virtType: 'auto',
  isAgentAccepted: false,
  adoptedHostIds: [],
  hasKvm: false,
  isPrepared: true,
  isReadOnly: false,
  hasRestoreUnit: false,
  hasBridgeNetfilter: false,
  isSchedulable: true,
  tunnel: null,
  bridgeMappings: [],
  dvrMac: 'fa:16:3f:00:00:01',
})

const network = (id: string, more: Partial<Network> = {}): Network => ({
  id,
  projectId: 'demo',
  name: id,
  type: 'vxlan',
  physicalNetworkId: null,
  segmentationId: 100,
  mtu: 1450,
  isAdminStateUp: true,
  ...more,
})

const port = (id: string, networkId: string, hostId: string, deviceId: string, ipAddress: string): Port => ({
  id,
  networkId,
  name: '',
  macAddress: 'fa:16:3e:00:00:01',
  fixedIps: [{ subnetId: `${networkId}-v4`, ipAddress }],
  hostId,
  deviceOwner: deviceId.startsWith('dhcp') ? 'network:dhcp' : 'compute:nova',
  deviceId,
  isAdminStateUp: true,
  isPortSecurityEnabled: true,
})

const vm = (id: string, hostId: string, portIds: readonly string[]): Vm => ({
  id,
  projectId: 'demo',
  name: id,
  hostId,
  memoryMib: 128,
  vcpus: 1,
  virtType: 'qemu',
  boot: { kind: 'disk', path: '/var/lib/images/cirros.qcow2', format: 'qcow2' },
  portIds,
})

const subnet = (networkId: string, cidr: string) => ({
  id: `${networkId}-v4`,
  networkId,
  name: `${networkId}-v4`,
  cidr,
  gatewayIp: null,
  isDhcpEnabled: networkId === 'blue',
  dnsNameservers: [],
  allocationPools: [],
})

export const appliedCloud: Topology = {
  ...emptyTopology,
  projects: [{ id: 'demo', name: 'demo' }],
  physicalNetworks: [{ id: 'physnet1', name: 'physnet1', mtu: 1500, vlanRanges: [{ min: 100, max: 200 }] }],
  hosts: [host('cmp2', ['compute']), host('cmp1', ['compute']), host('net1', ['network'])],
  networks: [network('blue'), network('red', { type: 'vlan', physicalNetworkId: 'physnet1', segmentationId: 103, mtu: 1500 })],
  subnets: [subnet('blue', '10.0.5.0/24'), subnet('red', '10.0.9.0/24')],
  vms: [vm('web-1', 'cmp1', ['p1']), vm('old-db', 'cmp2', ['p9'])],
  ports: [
    port('p1', 'blue', 'cmp1', 'web-1', '10.0.5.9'),
    port('p9', 'red', 'cmp2', 'old-db', '10.0.9.7'),
    port('pd', 'blue', 'net1', 'dhcp-blue', '10.0.5.2'),
  ],
}

export const designedCloud: Topology = {
  ...appliedCloud,
  vms: [vm('web-1', 'cmp1', ['p1']), vm('web-2', 'cmp2', ['p2', 'p3'])],
  ports: [
    port('p1', 'blue', 'cmp1', 'web-1', '10.0.5.9'),
    port('pd', 'blue', 'net1', 'dhcp-blue', '10.0.5.2'),
    port('p2', 'blue', 'cmp2', 'web-2', '10.0.5.12'),
    port('p3', 'red', 'cmp2', 'web-2', '10.0.9.12'),
  ],
}

const change = (action: ObjectChange['action'], kind: Kind, id: string): ObjectChange => ({ action, kind, id, name: id, fields: [] })

export const cloudChanges: readonly ObjectChange[] = [
  change('create', 'vm', 'web-2'),
  change('create', 'port', 'p2'),
  change('create', 'port', 'p3'),
  change('change', 'network', 'red'),
  change('remove', 'vm', 'old-db'),
  change('remove', 'port', 'p9'),
]

/** As many VMs as asked for, spread over hosts and networks. */
export function largeCloud(hostCount: number, vmsPerHost: number, networkCount: number): Topology {
  const hosts = Array.from({ length: hostCount }, (_, index) => host(`cmp${index + 1}`, ['compute']))
  const networks = Array.from({ length: networkCount }, (_, index) => network(`net-${index + 1}`, { segmentationId: 100 + index }))
  const vms = hosts.flatMap(({ id }) =>
    Array.from({ length: vmsPerHost }, (_, index) => vm(`${id}-vm${index + 1}`, id, [`${id}-p${index + 1}`])),
  )
  return {
    ...emptyTopology,
    hosts,
    networks,
    vms,
    ports: vms.map((each, index) =>
      port(each.portIds[0]!, networks[index % networkCount]!.id, each.hostId, each.id, `10.0.${index >> 8}.${index & 255}`),
    ),
  }
}
