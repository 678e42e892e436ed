// The practice network as data: which nodes there are, what they are plugged into, and under which names.
// Everything else in this folder reads these tables; a fourth host is one more line here.

import type { HostRole, LabHost } from './types'

export const tunnelPrefix = 24
export const tunnelNic = 'ens37'
export const physicalNic = 'ens38'
export const spareNic = 'ens39'
export const physicalNetwork = 'physnet1'

export interface HostSpec {
  readonly name: string
  readonly kind: LabHost['kind']
  readonly role: HostRole
  readonly user: string
  readonly tunnelAddress: string
  /** What `up --with` has to name for this host to be there; absent where it always is. */
  readonly extra?: string
}

const gatewaysExtra = 'gateways'

/** What a lab was asked to have besides the hosts that are always there. */
export type Extras = readonly string[]

/**
 * `cmp3` and `cmp4` are emulated machines, because this machine's kernel may lack 802.1Q and Open vSwitch's datapath. They
 * take half a minute to boot and half a gigabyte of memory or more, so they are there only when asked for.
 *
 * `cmp2` is entered by an ordinary user with sudo, and `cmp4` likewise, because many operators may not log in as root.
 */
export const hosts: readonly HostSpec[] = [
  { name: 'net1', kind: 'namespace', role: 'network', user: 'root', tunnelAddress: '192.168.150.11' },
  { name: 'cmp1', kind: 'namespace', role: 'compute', user: 'root', tunnelAddress: '192.168.150.12' },
  { name: 'cmp2', kind: 'namespace', role: 'compute', user: 'ops', tunnelAddress: '192.168.150.13' },
  { name: 'cmp3', kind: 'vm', role: 'compute', user: 'root', tunnelAddress: '192.168.150.14', extra: 'cmp3' },
  { name: 'cmp4', kind: 'vm', role: 'compute', user: 'ops', tunnelAddress: '192.168.150.15', extra: 'cmp4' },
  { name: 'gw1', kind: 'namespace', role: 'gateway', user: 'root', tunnelAddress: '192.168.150.21', extra: gatewaysExtra },
  { name: 'gw2', kind: 'namespace', role: 'gateway', user: 'root', tunnelAddress: '192.168.150.22', extra: gatewaysExtra },
]

export const wireName = 'wire'

/**
 * The world behind the physical network: a client next door (.2), the upstream router that routers use as their
 * gateway (.1), and one address that can only be reached through that router, so that a default route is proven too.
 */
export const outside = {
  name: 'outside',
  nic: 'eth0',
  addresses: ['203.0.113.2/24', '203.0.113.1/24', '198.51.100.10/32'],
  gateway: '203.0.113.1',
} as const

/**
 * The router between what gateways join: the tunnel network of most hosts, the one of the host that is moved behind it, and the physical
 * network, on which the world outside is its neighbour. It takes routes by BGP from whoever is in its networks.
 */
export const fabric = {
  name: 'fabric',
  as: 65_000,
  legs: [
    { nic: 'eth1', network: 'tunnel', address: '192.168.150.1/24' },
    { nic: 'eth2', network: 'tunnel-2', address: '192.168.151.1/24' },
    { nic: 'eth3', network: 'physical', address: '203.0.113.3/24' },
  ],
} as const

/** Where gateways are, so that compute hosts are in two underlay subnets. */
const behindFabric = { host: 'cmp2', network: 'tunnel-2', tunnelAddress: '192.168.151.13' } as const

export const hasGateways = (extras: Extras): boolean => extras.includes(gatewaysExtra)

/** All that may be asked for. */
export const extraNames: Extras = [...new Set(hosts.flatMap(({ extra }) => extra ?? []))]

/** The hosts of a lab that was asked to have these. */
export function hostsWith(extras: Extras): readonly HostSpec[] {
  const present = hosts.filter(({ extra }) => extra === undefined || extras.includes(extra))
  return present.map((host) => (isMoved(host.name, extras) ? { ...host, tunnelAddress: behindFabric.tunnelAddress } : host))
}

export function nodesWith(extras: Extras): readonly string[] {
  const nodes = [wireName, outside.name, ...hostsWith(extras).map((host) => host.name)]
  return hasGateways(extras) ? [...nodes, fabric.name] : nodes
}

/** The fabric router's address in the tunnel network that an address is in, where there is such a router. */
export function tunnelGatewayOf(extras: Extras, tunnelAddress: string): string | null {
  const subnet = tunnelAddress.replace(/\d+$/, '')
  const leg = hasGateways(extras) ? fabric.legs.find(({ address }) => address.startsWith(subnet)) : undefined
  return leg === undefined ? null : addressOf(leg)
}

export const addressOf = ({ address }: { readonly address: string }): string => address.replace(/\/.*/, '')

export interface SegmentSpec {
  readonly network: string
  readonly bridge: string
}

/** One plain bridge per cable. A bridge without VLAN filtering passes 802.1Q frames as they are: a trunk to everyone. */
const always: readonly SegmentSpec[] = [
  { network: 'tunnel', bridge: `sw-${tunnelNic}` },
  { network: 'physical', bridge: `sw-${physicalNic}` },
  { network: 'spare', bridge: `sw-${spareNic}` },
]
const segmentBehindFabric: SegmentSpec = { network: behindFabric.network, bridge: 'sw-tunnel-2' }

export const segmentsWith = (extras: Extras): readonly SegmentSpec[] => (hasGateways(extras) ? [...always, segmentBehindFabric] : always)

/** A cable: a veth pair whose one end is the node's NIC and whose other end is a port of the switch. */
export interface CableSpec {
  readonly node: string
  readonly nic: string
  readonly mac: string
  /** The NIC is inside the machine; what is in the node is only the way to it. */
  readonly isVm: boolean
  readonly switchPort: string
  readonly bridge: string
}

const cable = (node: string, index: number, nic: string, bridge: string, isVm = false): CableSpec => ({
  node,
  isVm,
  nic,
  // The NIC's number and the host's number, readable in a capture: 02:00:00:00:37:01 is ens37 of the first host.
  mac: `02:00:00:00:${nic.replace(/\D/g, '').padStart(2, '0')}:${String(index).padStart(2, '0')}`,
  switchPort: `${node}-${nic}`,
  bridge,
})

/** Index of the fabric router in its MAC addresses, after those of all hosts. */
const fabricIndex = 90

const switchOf = (network: string): string => [...always, segmentBehindFabric].find((segment) => segment.network === network)!.bridge

const isMoved = (host: string, extras: Extras): boolean => hasGateways(extras) && host === behindFabric.host

/** Of all nodes, those that the lab does not have among them. */
export function cablesWith(extras: Extras): readonly CableSpec[] {
  const ofHosts = hosts.flatMap((host, index) =>
    [tunnelNic, physicalNic, spareNic].map((nic) =>
      cable(
        host.name,
        index + 1,
        nic,
        nic === tunnelNic && isMoved(host.name, extras) ? segmentBehindFabric.bridge : `sw-${nic}`,
        host.kind === 'vm',
      ),
    ),
  )
  const ofFabric = fabric.legs.map(({ nic, network }) => cable(fabric.name, fabricIndex, nic, switchOf(network)))
  return [...ofHosts, cable(outside.name, 0, outside.nic, switchOf('physical')), ...ofFabric]
}

export function cablesOf(node: string, extras: Extras = []): readonly CableSpec[] {
  return cablesWith(extras).filter((each) => each.node === node)
}

/** Where every host finds the guest's kernel and initramfs (read-only, shared by all labs). */
const guestDir = '/var/lib/tapline-guest'
export const guestKernel = `${guestDir}/vmlinuz`
export const guestInitrd = `${guestDir}/initrd.img`
/** For a VM that nobody talks to (guest/halt-kernel.ts). */
export const haltKernel = `${guestDir}/halt`

/** Where every host of kind `namespace` finds the lab's cache, with the images of VM hosts (read-only). */
export const imagesDir = '/var/lib/tapline-images'
