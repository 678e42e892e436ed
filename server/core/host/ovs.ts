// Open vSwitch bridges and ports, from the OVSDB (`ovs-vsctl --format=json list …`). A port of ours has one interface; a bond has more.

import type { Owner } from '../naming'

/** Neutron's DEAD_VLAN_TAG: on ports that are not wired yet, unbound, or administratively down. No frame passes them. */
export const DEAD_VLAN = 4095

export interface OvsBridge {
  readonly name: string
  readonly owner: Owner | null
  /** '' is the kernel datapath (system). */
  readonly datapathType: string
  /** null is unset, which means standalone: a learning switch that can loop between uplinks. */
  readonly failMode: 'secure' | 'standalone' | null
  readonly protocols: readonly string[]
  readonly otherConfig: Readonly<Record<string, string>>
  readonly externalIds: Readonly<Record<string, string>>
  /** Targets of configured controllers; observed only. */
  readonly controllers?: readonly string[]
  /** The port that has its name, for which Open vSwitch makes the bridge's device; observed only. */
  readonly hasOwnPort?: boolean
  /** Columns that decide about frames and that nothing here looks at, where they are set; observed only. */
  readonly unmodelled?: readonly string[]
}

export interface OvsPort {
  readonly bridge: string
  readonly name: string
  readonly owner: Owner | null
  /** null: trunk for all VLANs (no tag). */
  readonly tag: number | null
  readonly vlanMode: string | null
  readonly trunks: readonly number[]
  /** Customers' VLANs that a dot1q-tunnel port takes, where not all; observed only. */
  readonly cvlans?: readonly number[]
  /** No frame goes from one such port of a bridge to another; observed only. */
  readonly isProtected?: boolean
  readonly otherConfig: Readonly<Record<string, string>>
  readonly externalIds: Readonly<Record<string, string>>
  /** Of a bond its first member. */
  readonly interface: OvsInterface
  /** Interfaces of a bond, by name; absent for a port with one. Nobody else may have them. */
  readonly members?: readonly OvsMember[]
}

export interface OvsMember {
  readonly name: string
  readonly ofport: number | null
}

export interface OvsInterface {
  /** '' (system), internal, patch, vxlan, … */
  readonly type: string
  readonly options: Readonly<Record<string, string>>
  readonly externalIds: Readonly<Record<string, string>>
  readonly macInUse?: string | null
  /** Requested MTU (mtu_request), which survives a restart of vswitchd. */
  readonly mtuRequest?: number | null
  /** -1 failed, null not ready; observed only, changes after every re-plug. */
  readonly ofport?: number | null
  readonly error?: string | null
  readonly linkState?: string | null
  readonly statistics?: Readonly<Record<string, number>>
}

/** What Open vSwitch says of a device that it cannot use; null where it says nothing, since the device is missing (ofport -1). */
export interface OvsFault {
  readonly device: string
  readonly said: string | null
}

/**
 * Why no frame passes it although its row is there; null when Open vSwitch has it. What stands as error of a patch port is
 * that its peer is not there, which vswitchd writes and takes back some time after the fact (vport_get_status): the peer itself is compared.
 */
export function faultOf({ name, interface: { error, ofport, type } }: OvsPort): OvsFault | null {
  if (error && type !== 'patch') return { device: name, said: error }
  return ofport === -1 ? { device: name, said: null } : null
}

/** Devices that the port holds: the one of its name, or the members of the bond. */
export const devicesOf = ({ name, members }: Pick<OvsPort, 'name' | 'members'>): readonly string[] =>
  members?.map((member) => member.name) ?? [name]

export const bridgeKey = (bridge: Pick<OvsBridge, 'name'>): string => bridge.name
export const ovsPortKey = (port: Pick<OvsPort, 'bridge' | 'name'>): string => `${port.bridge}/${port.name}`

/** The one that a bridge has from the start, with its name and without a mark. */
export const isOwnPort = ({ bridge, name }: Pick<OvsPort, 'bridge' | 'name'>): boolean => bridge === name
export const ownPort = ({ name }: Pick<OvsBridge, 'name'>): OvsPort => ({
  bridge: name,
  name,
  owner: null,
  tag: null,
  vlanMode: null,
  trunks: [],
  otherConfig: {},
  externalIds: {},
  interface: { type: 'internal', options: {}, externalIds: {} },
})
