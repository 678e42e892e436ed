// The practice network as data: which nodes there are, what they are plugged into, and under which names.
// Everything else in this folder reads these tables; a fourth host is one more line here.

import type { HostRole, LabHost } from './types'

export interface HostSpec {
  readonly name: string
  readonly kind: LabHost['kind']
  readonly role: HostRole
  readonly user: string
  readonly tunnelAddress: string
}

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
  { name: 'cmp3', kind: 'vm', role: 'compute', user: 'root', tunnelAddress: '192.168.150.14' },
  { name: 'cmp4', kind: 'vm', role: 'compute', user: 'ops', tunnelAddress: '192.168.150.15' },
]

export const tunnelPrefix = 24
export const tunnelNic = 'ens37'
export const physicalNic = 'ens38'
export const spareNic = 'ens39'
export const physicalNetwork = 'physnet1'

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

export const vmHostNames: readonly string[] = hosts.filter(({ kind }) => kind === 'vm').map(({ name }) => name)

/** The hosts of a lab that was asked to have these VM hosts. */
export function hostsWith(vmHosts: readonly string[]): readonly HostSpec[] {
  return hosts.filter(({ kind, name }) => kind === 'namespace' || vmHosts.includes(name))
}

export function nodesWith(vmHosts: readonly string[]): readonly string[] {
  return [wireName, outside.name, ...hostsWith(vmHosts).map((host) => host.name)]
}

export interface SegmentSpec {
  readonly network: string
  readonly bridge: string
}

/** One plain bridge per cable. A bridge without VLAN filtering passes 802.1Q frames as they are: a trunk to everyone. */
export const segments: readonly SegmentSpec[] = [
  { network: 'tunnel', bridge: `sw-${tunnelNic}` },
  { network: 'physical', bridge: `sw-${physicalNic}` },
  { network: 'spare', bridge: `sw-${spareNic}` },
]

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

export const cables: readonly CableSpec[] = [
  ...hosts.flatMap((host, index) =>
    [tunnelNic, physicalNic, spareNic].map((nic) => cable(host.name, index + 1, nic, `sw-${nic}`, host.kind === 'vm')),
  ),
  cable(outside.name, 0, outside.nic, `sw-${physicalNic}`),
]

export function cablesOf(node: string): readonly CableSpec[] {
  return cables.filter((each) => each.node === node)
}

/** Where every host finds the guest's kernel and initramfs (read-only, shared by all labs). */
const guestDir = '/var/lib/tapline-guest'
export const guestKernel = `${guestDir}/vmlinuz`
export const guestInitrd = `${guestDir}/initrd.img`
/** For a VM that nobody talks to (guest/halt-kernel.ts). */
export const haltKernel = `${guestDir}/halt`

/** Where every host of kind `namespace` finds the lab's cache, with the images of VM hosts (read-only). */
export const imagesDir = '/var/lib/tapline-images'
