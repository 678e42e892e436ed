// The inside of a host as nested boxes: namespaces with their bridges and devices, OVS bridges with their ports, domains
// with their interfaces. Derived from one observation by inside.ts and drawn by the host view.

import type { Owner } from '../naming'
import type { DomainState } from './domain'
import type { LinkType } from './link'
import type { Unparsed } from './observation'

export interface InsideCounters {
  readonly rxPackets: number
  readonly txPackets: number
  readonly rxDropped: number
  readonly txDropped: number
}

export interface InsideLink {
  /** Stable within the host: <netns>/<name>. */
  readonly id: string
  readonly netns: string
  readonly name: string
  readonly type: LinkType
  /** linkinfo kind as the kernel prints it; '' for a NIC. */
  readonly kind: string
  readonly owner: Owner | null
  readonly isOurs: boolean
  readonly isUp: boolean
  readonly operState: string
  readonly mtu: number | null
  readonly macAddress: string | null
  /** Linux bridge it is a port of; null when free or in Open vSwitch. */
  readonly master: string | null
  /** Link id of the other veth end; null when unknown. */
  readonly peer: string | null
  readonly addresses: readonly string[]
  readonly counters: InsideCounters | null
  /** Set when the device is a port of an OVS bridge. */
  readonly ovsPort: { readonly bridge: string; readonly name: string; readonly tag: number | null } | null
  /** Set when it is a VM's tap: domain UUID. */
  readonly domain: string | null
}

export interface InsideBridge {
  readonly bridge: InsideLink
  readonly ports: readonly InsideLink[]
}

export interface InsideNamespace {
  /** '' is the root namespace. */
  readonly name: string
  readonly owner: Owner | null
  readonly isOurs: boolean
  readonly bridges: readonly InsideBridge[]
  /** Devices that are neither a Linux bridge nor a port of one. */
  readonly links: readonly InsideLink[]
  readonly routeCount: number
  readonly dnsmasq: { readonly networkId: string; readonly isRunning: boolean; readonly leaseCount: number } | null
}

export interface InsideOvsPort {
  /** <bridge>/<port> */
  readonly id: string
  readonly bridge: string
  readonly name: string
  readonly owner: Owner | null
  readonly isOurs: boolean
  /** Interface type: system, internal, patch, vxlan, … */
  readonly type: string
  /** 4095 is Neutron's dead VLAN. */
  readonly tag: number | null
  readonly trunks: readonly number[]
  /** As in the database (access, native-untagged, dot1q-tunnel, …); null where tag and trunks say it all. */
  readonly vlanMode: string | null
  readonly ofport: number | null
  readonly error: string | null
  /** OVS port id of the other patch end; null when not a patch or unpaired. */
  readonly peer: string | null
  /** The name that a patch port looks for, also where nobody has it; null when not a patch, or without a peer. */
  readonly peerName: string | null
  readonly remoteAddress: string | null
  readonly localAddress: string | null
  /** Link id of the netdev; null for patch and tunnel ports, which have none. */
  readonly link: string | null
  readonly macAddress: string | null
  readonly externalIds: Readonly<Record<string, string>>
  readonly counters: InsideCounters | null
}

export interface InsideOvsBridge {
  readonly name: string
  readonly owner: Owner | null
  readonly isOurs: boolean
  readonly datapathType: string
  readonly failMode: 'secure' | 'standalone' | null
  readonly controllers: readonly string[]
  readonly ports: readonly InsideOvsPort[]
  readonly flowCount: number
  readonly ourFlowCount: number
}

interface InsideDomainInterface {
  /** false: somebody else plugged it in, into whoever's VM. */
  readonly isOurs: boolean
  readonly type: string
  readonly source: string | null
  readonly target: string | null
  readonly macAddress: string
  readonly model: string
  /** Link id of the tap; null while there is none. */
  readonly link: string | null
}

export interface InsideDomain {
  readonly uuid: string
  readonly name: string
  /** The VM's name as people wrote it; null for a domain without one. */
  readonly title: string | null
  readonly owner: Owner | null
  readonly isOurs: boolean
  readonly isRunning: boolean
  /** Libvirt's word and its reason, where it is on and its processor may not run. */
  readonly state: DomainState | null
  readonly memoryMib: number
  readonly vcpus: number
  /** kvm, qemu, or what else somebody defined. */
  readonly virtType: string
  readonly hasGuestAgent: boolean
  readonly interfaces: readonly InsideDomainInterface[]
}

export interface HostInside {
  readonly hostId: string
  readonly hostName: string
  /** null: never read, and then every list is empty. */
  readonly observedAt: string | null
  readonly namespaces: readonly InsideNamespace[]
  readonly ovsBridges: readonly InsideOvsBridge[]
  readonly domains: readonly InsideDomain[]
  readonly unparsed: readonly Unparsed[]
}
