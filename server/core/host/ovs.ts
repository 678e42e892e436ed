// Open vSwitch bridges and ports, from the OVSDB (`ovs-vsctl --format=json list …`). A port of ours has one interface.

import type { Owner } from '../naming'

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
}

export interface OvsPort {
  readonly bridge: string
  readonly name: string
  readonly owner: Owner | null
  /** null: trunk for all VLANs (no tag). 4095 is Neutron's dead VLAN. */
  readonly tag: number | null
  readonly vlanMode: string | null
  readonly trunks: readonly number[]
  readonly otherConfig: Readonly<Record<string, string>>
  readonly externalIds: Readonly<Record<string, string>>
  readonly interface: OvsInterface
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

/**
 * Why no frame passes it although its row is there, in a sentence; null when Open vSwitch has it. What stands as error of a patch port is
 * that its peer is not there, which vswitchd writes and takes back some time after the fact (vport_get_status): the peer itself is compared.
 */
export function whyUnusable({ name, interface: { error, ofport, type } }: OvsPort): string | null {
  if (error && type !== 'patch') return `Open vSwitch cannot use ${name}: ${error}`
  return ofport === -1 ? `Open vSwitch cannot use ${name} (ofport -1): its device is missing` : null
}

export const bridgeKey = (bridge: Pick<OvsBridge, 'name'>): string => bridge.name
export const ovsPortKey = (port: Pick<OvsPort, 'bridge' | 'name'>): string => `${port.bridge}/${port.name}`
