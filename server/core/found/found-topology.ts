// Hosts that somebody else built (a Neutron cloud, a lab wired by hand) have no design here. What they tell themselves is
// enough for a minimal, read-only one, in the same words as a design: networks, ports, VMs, trunks. A path of theirs is then
// drawn and proven like one of ours, with no intent to differ from.

import { titleOf } from '../host/domain'
import type { HostObservation } from '../host/observation'
import { INTEGRATION_BRIDGE } from '../naming'
import { HostView } from '../path/host-view'
import type { Host } from '../topology/kinds/host/host'
import type { Network, NetworkType } from '../topology/kinds/network/network'
import type { DeviceOwner, Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Vm } from '../topology/kinds/vm/vm'
import { emptyTopology } from '../topology/complete-topology'
import type { LocalVlan, Topology } from '../topology/topology'
import { addressesOf, hasPortSecurity } from './found-addresses'
import type { FoundPort } from './found-port'
import { foundDriverOf, foundPorts } from './found-ports'
import { isInterface, routerPort } from './found-routers'
import { localVlansOf } from './found-vlans'
import { mostOf } from './most-of'

export function topologyFromObservations(observations: readonly HostObservation[]): Topology {
  const views = observations.map((observation) => new HostView(observation))
  const found = foundPorts(views).filter((port) => port.kind !== 'router' || isInterface(port))
  const networks = uniqueBy(
    found.map((port) => networkOf(port, found)),
    ({ id }) => id,
  )
  const localVlans = views.flatMap((view) => localVlansOf(view, found, networks))
  return {
    ...emptyTopology,
    hosts: views.map((view) => hostOf(view, networks, localVlans)),
    physicalNetworks: uniqueBy(networks.flatMap(physicalNetworkOf), ({ id }) => id),
    networks,
    ports: uniqueBy(
      found.map((port) => portOf(port, found, views)),
      ({ id }) => id,
    ),
    vms: uniqueBy(
      found.flatMap((each) => vmOf(each, found)),
      ({ id }) => id,
    ),
    trunks: uniqueBy(
      found.flatMap((each) => trunkOf(each, found)),
      ({ id }) => id,
    ),
    localVlans,
  }
}

function hostOf(view: HostView, networks: readonly Network[], localVlans: readonly LocalVlan[]): Host {
  const { hostId, facts } = view.observation
  const driver = foundDriverOf(view)
  return {
    id: hostId,
    name: facts.hostname || hostId,
    roles: ['compute'],
    availabilityZone: '',
    agentKind: driver.agentKind,
    datapathType: view.bridge(INTEGRATION_BRIDGE)?.datapathType === 'netdev' ? 'netdev' : 'system',
    virtType: 'auto',
    isAgentAccepted: false,
    adoptedHostIds: [],
    hasKvm: view.observation.facts.kvm === 'usable',
    isPrepared: false,
    isReadOnly: true,
    hasRestoreUnit: false,
    hasBridgeNetfilter: false,
    isSchedulable: true,
    tunnel: driver.tunnel(view),
    bridgeMappings: driver.mappings(view, networks, localVlans),
    dvrMac: '',
  }
}

/** By the first port that tells its segment: on a host that lost its way out none does. */
function networkOf({ segment, networkId }: FoundPort, all: readonly FoundPort[]): Network {
  const own = all.filter((each) => each.networkId === networkId)
  const { type, physicalNetworkId, segmentationId } = own.find((each) => each.segment.type !== undefined)?.segment ?? segment
  const kind = isNetworkType(type) ? type : 'vxlan'
  return {
    id: networkId,
    projectId: '',
    name: networkId.slice(0, 8),
    type: kind,
    physicalNetworkId,
    segmentationId: segmentationOf(kind, segmentationId),
    mtu: mostOf(own.flatMap(mtuOf)) ?? DEFAULT_MTU,
    isAdminStateUp: true,
  }
}

const MAX_SEGMENTATION: Readonly<Record<NetworkType, number>> = { flat: 0, vlan: 4094, vxlan: 0xffffff }

/** null for what is no number of such a network. */
function segmentationOf(type: NetworkType, text: string | undefined): number | null {
  const id = /^[1-9]\d{0,7}$/.test(text ?? '') ? Number(text) : null
  return id !== null && id <= MAX_SEGMENTATION[type] ? id : null
}

/** Of the devices that the network's own MTU is on; those of a subport are its parent's. */
const mtuOf = ({ view, plug, kind, inside }: FoundPort): number[] =>
  kind === 'subport' ? [] : [(inside ?? view.link('', plug))?.mtu ?? []].flat()

/** Where only subports are known: enough for every frame, so that nothing is accused. */
const DEFAULT_MTU = 1500

const isNetworkType = (text: string | undefined): text is NetworkType => text === 'flat' || text === 'vlan' || text === 'vxlan'

const physicalNetworkOf = ({ physicalNetworkId, mtu }: Network) =>
  physicalNetworkId === null ? [] : [{ id: physicalNetworkId, name: physicalNetworkId, mtu, vlanRanges: [] }]

const deviceOwners: Readonly<Record<Exclude<FoundPort['kind'], 'router'>, DeviceOwner>> = {
  vm: 'compute:nova',
  subport: 'trunk:subport',
  dhcp: 'network:dhcp',
}

function portOf(found: FoundPort, all: readonly FoundPort[], views: readonly HostView[]): Port {
  const { view, portId, macAddress, networkId, kind, device, trunk, vmId } = found
  return {
    id: portId,
    networkId,
    name: device,
    macAddress,
    fixedIps: addressesOf(found, views).map((ipAddress) => ({ subnetId: '', ipAddress })),
    hostId: view.observation.hostId,
    ...(kind === 'router'
      ? routerPort(found, all)
      : { deviceOwner: deviceOwners[kind], deviceId: kind === 'dhcp' ? networkId : kind === 'subport' ? (trunk?.trunkId ?? '') : vmId }),
    isAdminStateUp: true,
    isPortSecurityEnabled: hasPortSecurity(found),
  }
}

function vmOf(found: FoundPort, all: readonly FoundPort[]): Vm[] {
  const { view, vmId: id } = found
  if (found.kind !== 'vm' || id === '') return []
  const portIds = [...new Set(all.filter((each) => each.kind === 'vm' && each.vmId === id).map(({ portId }) => portId))]
  const domain = view.domain(id)
  const boot = domain?.boot ?? ({ kind: 'disk', path: '', format: 'raw' } as const)
  const virtType = domain?.virtType === 'kvm' ? 'kvm' : 'qemu'
  const { memoryMib, vcpus } = domain ?? { memoryMib: 0, vcpus: 0 }
  return [
    {
      id,
      projectId: '',
      name: domain ? titleOf(domain) : id.slice(0, 8),
      hostId: view.observation.hostId,
      memoryMib,
      vcpus,
      virtType,
      boot,
      portIds,
    },
  ]
}

function trunkOf({ trunk, view }: FoundPort, all: readonly FoundPort[]): Trunk[] {
  if (!trunk) return []
  const members = all.filter((each) => each.trunk?.trunkId === trunk.trunkId && each.view === view)
  const subPorts = members.flatMap(({ portId, trunk: own }) =>
    own?.guestVlan ? [{ portId, segmentationType: 'vlan' as const, segmentationId: own.guestVlan }] : [],
  )
  return [
    {
      id: trunk.trunkId,
      projectId: '',
      name: trunk.trunkId.slice(0, 8),
      portId: trunk.parentPortId,
      subPorts: subPorts.sort((left, right) => left.segmentationId - right.segmentationId),
      isAdminStateUp: true,
      revisionNumber: 0,
      createdAt: '',
      updatedAt: '',
    },
  ]
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse()
}
