// Links (network devices) of every namespace of a host, from `ip -j -d -s link`.
// Peers are paired by ifindex and namespace id, never by name: names are cut at 15 characters and reused.

import type { Owner } from '../naming'

export type LinkType =
  | 'physical' // a NIC, or anything else that came with the host: required, never created or removed
  | 'bridge'
  | 'veth'
  | 'vlan' // on a NIC, or on the tap of a trunk's parent
  | 'vxlan'
  | 'ovs-internal' // made by Open vSwitch; here it is only moved, named, brought up
  | 'tap' // made by libvirt for a VM
  | 'other'

export interface Link {
  /** '' is the root namespace. */
  readonly netns: string
  readonly name: string
  readonly type: LinkType
  /** From the alias; null for what is not ours. */
  readonly owner: Owner | null
  /** Ours because a run set out to make it (core/plan/made.ts): the mark is still to come. */
  readonly isMarkMissing?: boolean
  readonly isUp?: boolean
  readonly mtu?: number
  readonly macAddress?: string
  readonly isPromiscuous?: boolean
  /** Linux bridge it is enslaved to, or KERNEL_DATAPATH; null when free. */
  readonly master?: string | null
  /** The other veth end. */
  readonly peer?: { readonly netns: string; readonly name: string } | null
  /** In the kernel's units: forward_delay and ageing_time in hundredths of a second. */
  readonly bridge?: {
    readonly forwardDelay: number
    readonly hasStp: boolean
    readonly hasMulticastSnooping: boolean
    readonly ageingTime: number
    /** vlan_filtering; absent where it is off. */
    readonly isVlanAware?: boolean
  }
  /** NIC that was put into this bridge, from its alias: it goes free with the bridge, and nothing else does. */
  readonly uplink?: string | null
  /** `isService`: its tags are of 802.1ad; absent where they are of 802.1Q. */
  readonly vlan?: { readonly lower: string; readonly id: number; readonly isService?: boolean }
  /** `lower` is the NIC that packets leave by. */
  readonly vxlan?: { readonly vni: number; readonly local: string; readonly port: number; readonly lower: string }
  /** ethtool tx-checksumming; false on ends that meet the userspace datapath (it drops partial checksums). */
  readonly hasTxChecksumOffload?: boolean
  /** What only the kernel knows. Absent in desired state, never compared. */
  readonly observed?: LinkFacts
}

export interface LinkFacts {
  readonly ifindex: number
  readonly kind: string // linkinfo.info_kind, '' for a NIC
  readonly operState: string
  readonly alias: string
  /** Peer ifindex (`link` / `link_index`) and the namespace id it lives in. */
  readonly linkIndex?: number
  readonly linkNetnsId?: number
  /** Settings of the device, as a port of a Linux bridge too, that decide about frames and that nothing here looks at, where they are not as usual. */
  readonly unmodelled?: readonly string[]
  readonly rxPackets: number
  readonly txPackets: number
  readonly rxDropped: number
  readonly txDropped: number
}

/** Shown as the master of every port that Open vSwitch's kernel datapath holds. Which bridge, and that it is there, is told by the OVSDB. */
export const KERNEL_DATAPATH = 'ovs-system'

/** A VLAN interface on the tap of a VM: it comes after the VM and goes with it. */
export const standsOnTap = (link: Link): boolean => link.type === 'vlan' && link.owner?.kind === 'port'

/** Of the root namespace. */
export const linkNamed = ({ links }: { readonly links: readonly Link[] }, name: string): Link | undefined =>
  links.find((link) => link.netns === '' && link.name === name)

export const linkKey = (link: Pick<Link, 'netns' | 'name'>): string => `${link.netns}/${link.name}`
