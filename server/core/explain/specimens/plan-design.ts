// The design that the sample plans carry out, before and after, and what was read of its hosts: two compute hosts, where the network `blue` comes with
// a VM on each, an old VM goes, and a port that is there was found parked by somebody's hand.

import { compileHost } from '../../compile/compile'
import { emptyHostState, type HostState } from '../../host/host-state'
import type { HostFacts, HostObservation } from '../../host/observation'
import { emptyTopology } from '../../topology/complete-topology'
import type { Host } from '../../topology/kinds/host/host'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import type { Subnet } from '../../topology/kinds/subnet/subnet'
import type { Vm } from '../../topology/kinds/vm/vm'
import { sortTopology } from '../../topology/order'
import type { Topology } from '../../topology/topology'
import { blueId, cmp1, cmp2, web1, web2 } from './paths'

const project = { id: '9a0e0000-3c5a-4f0e-9d5a-2f1f5a9c7d11', name: 'demo' }
const redId = 'bed00000-3c5a-4f0e-9d5a-2f1f5a9c7d10'

const host = ({ id, name }: typeof cmp1, number: number): Host => ({
  id,
  name,
  roles: ['compute'],
  availabilityZone: 'nova',
  agentKind: 'openvswitch',
  datapathType: 'system',
  virtType: 'auto',
  hasKvm: false,
  isPrepared: true,
  isReadOnly: false,
  isAgentAccepted: false,
  adoptedHostIds: [],
  hasRestoreUnit: false,
  hasBridgeNetfilter: false,
  isSchedulable: true,
  tunnel: { address: `192.168.150.${number}`, prefixLength: 24, nic: 'ens37' },
  bridgeMappings: [],
  dvrMac: `fa:16:3f:00:00:${number}`,
})

const network = (id: string, name: string, segmentationId: number): Network => ({
  id,
  projectId: project.id,
  name,
  type: 'vxlan',
  physicalNetworkId: null,
  segmentationId,
  mtu: 1450,
  isAdminStateUp: true,
})

const subnet = (id: string, networkId: string, name: string, prefix: string, gateway: number): Subnet => ({
  id,
  networkId,
  name,
  cidr: `${prefix}.0/24`,
  gatewayIp: `${prefix}.${gateway}`,
  isDhcpEnabled: false,
  dnsNameservers: [],
  allocationPools: [{ start: `${prefix}.2`, end: `${prefix}.253` }],
})

interface Guest {
  readonly vm: Vm
  readonly port: Port
}

/** A VM with one NIC. */
function guest(
  id: string,
  name: string,
  place: typeof cmp1,
  subnetOf: Subnet,
  nic: { readonly portId: string; readonly macAddress: string; readonly ipAddress: string | null },
): Guest {
  const vm: Vm = {
    id,
    projectId: project.id,
    name,
    hostId: place.id,
    memoryMib: 512,
    vcpus: 1,
    virtType: 'qemu',
    boot: { kind: 'disk', path: `/var/lib/images/${name}.qcow2`, format: 'qcow2' },
    portIds: [nic.portId],
  }
  const port: Port = {
    id: nic.portId,
    networkId: subnetOf.networkId,
    name: '',
    macAddress: nic.macAddress,
    fixedIps: nic.ipAddress === null ? [] : [{ subnetId: subnetOf.id, ipAddress: nic.ipAddress }],
    hostId: place.id,
    deviceOwner: 'compute:nova',
    deviceId: id,
    isAdminStateUp: true,
    isPortSecurityEnabled: true,
  }
  return { vm, port }
}

const blueSubnet = subnet('b1ee0000-3c5a-4f0e-9d5a-2f1f5a9c7d11', blueId, 'blue-v4', '10.0.5', 1)
const redSubnet = subnet('cc110000-3c5a-4f0e-9d5a-2f1f5a9c7d11', redId, 'red-v4', '10.0.9', 1)
const former = {
  red1: guest('bb110000-3c5a-4f0e-9d5a-2f1f5a9c7d11', 'red-1', cmp1, redSubnet, {
    portId: 'd5c0ffee-0b5e-4c6d-9e1a-00112233aabb',
    macAddress: 'fa:16:3e:d5:c0:01',
    ipAddress: '10.0.9.5',
  }),
  oldDb: guest('dd110000-3c5a-4f0e-9d5a-2f1f5a9c7d11', 'old-db', cmp2, redSubnet, {
    portId: 'ee110000-0b5e-4c6d-9e1a-00112233aabb',
    macAddress: 'fa:16:3e:ee:11:07',
    ipAddress: '10.0.9.7',
  }),
}

const design = (subnets: readonly Subnet[], guests: readonly Guest[], rest: Pick<Topology, 'networks' | 'localVlans'>): Topology =>
  sortTopology({
    ...emptyTopology,
    ...rest,
    projects: [project],
    hosts: [host(cmp1, 12), host(cmp2, 13)],
    subnets,
    vms: guests.map(({ vm }) => vm),
    ports: guests.map(({ port }) => port),
  })

const red = network(redId, 'red', 101)
const redVlans = [{ hostId: cmp1.id, networkId: redId, vlan: 1 }]

export const before = design([redSubnet], [former.red1, former.oldDb], {
  networks: [red],
  localVlans: [...redVlans, { hostId: cmp2.id, networkId: redId, vlan: 9 }],
})

export const after = design(
  [blueSubnet, { ...redSubnet, gatewayIp: '10.0.9.254' }],
  [
    former.red1,
    guest('aa110000-3c5a-4f0e-9d5a-2f1f5a9c7d11', 'web-1', cmp1, blueSubnet, web1),
    guest('aa220000-3c5a-4f0e-9d5a-2f1f5a9c7d11', 'web-2', cmp2, blueSubnet, web2),
  ],
  {
    networks: [network(blueId, 'blue', 100), red],
    localVlans: [...redVlans, { hostId: cmp1.id, networkId: blueId, vlan: 3 }, { hostId: cmp2.id, networkId: blueId, vlan: 7 }],
  },
)

const facts: HostFacts = {
  hostname: 'cmp',
  kernel: '6.1.0',
  ovsVersion: '3.1.0',
  ovsDatapathTypes: ['system', 'netdev'],
  hasKernelDatapath: true,
  kvm: 'no-device',
  libvirtVersion: '9.0.0',
  tools: {},
  neutronAgents: [],
  sshLink: null,
}

/** A host as the design before has it, but for what was changed by hand. */
const read = ({ id, name }: typeof cmp1, byHand: (state: HostState) => HostState = (state) => state): HostObservation => ({
  hostId: id,
  observedAt: '2026-11-20T23:41:07.000Z',
  durationMs: 410,
  state: byHand({ ...emptyHostState, ...compileHost(before, id) }),
  facts: { ...facts, hostname: name },
  unparsed: [],
})

/** The tag of a port that carries nothing. */
const PARKED = 4095

export const readings: readonly HostObservation[] = [
  read(cmp1, (state) => ({ ...state, ovsPorts: state.ovsPorts.map((port) => (port.tag === 1 ? { ...port, tag: PARKED } : port)) })),
  read(cmp2),
]
