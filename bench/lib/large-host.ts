// A compute host of a large cloud, as a design compiles to it: ports of its own on many networks, half of these VXLAN and half VLAN, and
// as many ports on other hosts as make the wanted number of flows.

import { compileHost } from '@/server/core/compile/compile'
import type { HostState } from '@/server/core/host/host-state'
import type { OvsMac } from '@/server/core/host/learned'
import { qvoName } from '@/server/core/naming'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'

export interface LargeHost {
  readonly networks: number
  readonly ownPorts: number
  /** On other hosts, all of VXLAN networks: a flow each. */
  readonly farPorts: number
}

/** 1,000 ports and 20,000 flows. */
export const LARGE: LargeHost = { networks: 40, ownPorts: 1000, farPorts: 13_900 }

const HERE = 2
const ELSEWHERE = [1, 3] as const
const PATCH_TO_TUNNELS = 'patch-tun'

export interface CompiledHost {
  readonly state: HostState
  /** What br-int has learned once everybody has said something, as far as its table goes. */
  readonly learned: readonly OvsMac[]
}

export function compileLargeHost(size: LargeHost): CompiledHost {
  const topology = largeCloud(size)
  const vlans = new Map(
    topology.localVlans.filter(({ hostId }) => hostId === ids.host(HERE)).map(({ networkId, vlan }) => [networkId, vlan]),
  )
  const learned = topology.ports.map(({ id, hostId, networkId, macAddress }) => {
    const port = hostId === ids.host(HERE) ? qvoName(id) : PATCH_TO_TUNNELS
    return { port, vlan: vlans.get(networkId)!, macAddress }
  })
  return { state: compileHost(topology, ids.host(HERE)), learned: learned.slice(0, MAC_TABLE_SIZE) }
}

/** Of Open vSwitch, unless a bridge says otherwise; somewhat less, so that nothing is pushed out. */
const MAC_TABLE_SIZE = 8000

function largeCloud({ networks: count, ownPorts, farPorts }: LargeHost): Topology {
  const sample = sampleTopology()
  const networks = Array.from({ length: count }, (_, index) => networkAt(sample, index))
  const tunnelled = networks.filter(({ type }) => type === 'vxlan')
  const own = Array.from({ length: ownPorts }, (_, index) => portAt(sample, 'f0', index, networks[index % count]!, HERE))
  const far = Array.from({ length: farPorts }, (_, index) =>
    portAt(sample, 'f1', index, tunnelled[index % tunnelled.length]!, ELSEWHERE[index % 2]!),
  )
  return {
    ...sample,
    networks,
    subnets: networks.map((network, index) => subnetAt(sample, network, index)),
    ports: [...own, ...far],
    vms: [...own, ...far].map(vmOf(sample.vms[0]!)),
    localVlans: sample.hosts.flatMap(({ id: hostId }, host) =>
      networks.map(({ id: networkId }, index) => ({ hostId, networkId, vlan: 1 + index + host * count })),
    ),
  }
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')
const idAt = (kind: string, index: number): string => `${kind}${hex(index, 6)}-1111-4111-8111-${hex(index, 12)}`

function networkAt({ networks: [, vlan, vxlan] }: Topology, index: number): Network {
  const [template, segmentationId] = index % 2 === 0 ? [vxlan!, 5000 + index] : [vlan!, 100 + index]
  return { ...template, id: idAt('d0', index), name: `net-${index}`, segmentationId }
}

const subnetAt = ({ subnets }: Topology, { id: networkId }: Network, index: number): Subnet => ({
  ...subnets[0]!,
  id: idAt('e0', index),
  networkId,
  name: `subnet-${index}`,
  cidr: `10.${index}.0.0/16`,
  gatewayIp: `10.${index}.0.1`,
  allocationPools: [],
})

function portAt({ ports }: Topology, kind: 'f0' | 'f1', index: number, network: Network, host: number): Port {
  const [net, own] = [Number.parseInt(network.id.slice(2, 8), 16), index + (kind === 'f1' ? 0x8000 : 16)]
  return {
    ...ports.find((port) => port.id === ids.port(3, 2))!,
    id: idAt(kind, index),
    networkId: network.id,
    hostId: ids.host(host),
    deviceId: idAt(kind === 'f0' ? 'a0' : 'a1', index),
    macAddress: `fa:16:3e:${hex(net, 2)}:${hex(own >> 8, 2)}:${hex(own & 255, 2)}`,
    fixedIps: [{ subnetId: idAt('e0', net), ipAddress: `10.${net}.${own >> 8}.${own & 255}` }],
  }
}

const vmOf =
  (template: Vm) =>
  ({ id, deviceId, hostId }: Port, index: number): Vm => ({
    ...template,
    id: deviceId,
    name: `vm-${index}`,
    hostId: hostId!,
    portIds: [id],
  })
