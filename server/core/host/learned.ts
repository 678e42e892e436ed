// What a host learned or holds besides what a design asks for: observed only, never compared. A walk needs it to know where
// a frame goes now; where it is absent, nobody looked, and a switch is then taken to flood.

export interface LearnedState {
  /** MAC tables of Open vSwitch's bridges (`ovs-appctl fdb/show`). Absent for a bridge: not read, as where no flow says NORMAL. */
  readonly ovsMacs?: Readonly<Record<string, readonly OvsMac[]>>
  /** Ports that have flags (`ovs-ofctl dump-ports-desc`), by bridge. Absent for a bridge: not read. */
  readonly portFlags?: Readonly<Record<string, readonly FlaggedPort[]>>
  /** MAC tables of Linux bridges (`bridge -j fdb show`), static ones included; a reading asks those of the root namespace. */
  readonly bridgeMacs?: readonly BridgeMac[]
  /** `ip -j neigh`, of all namespaces. */
  readonly neighbours?: readonly Neighbour[]
  /** `ip -j neigh show proxy`, of all namespaces. */
  readonly proxied?: readonly ProxiedAddress[]
  /** `ovs-ofctl dump-groups`, by bridge. Absent for a bridge: not read, as where no flow names one. */
  readonly groups?: Readonly<Record<string, readonly OpenflowGroup[]>>
  /** How many VLAN tags Open vSwitch parses (`other_config:vlan-limit`, 1 where it is not set; 0: as many as it can). */
  readonly vlanLimit?: number
}

export interface OvsMac {
  /** Port name; LOCAL for the bridge itself. */
  readonly port: string
  readonly vlan: number
  readonly macAddress: string
}

/** As `ovs-ofctl mod-port` sets them: Open vSwitch keeps them nowhere else, until its daemon ends. */
export interface FlaggedPort {
  /** Port name; LOCAL for the bridge's own. */
  readonly port: string
  /** OpenFlow's names: NO_RECV, NO_RECV_STP, NO_FLOOD, NO_FWD, … */
  readonly flags: readonly string[]
}

export interface BridgeMac {
  readonly netns: string
  readonly bridge: string
  readonly port: string
  readonly macAddress: string
  readonly vlan: number | null
  /** `permanent` and local to the port itself: frames to it are the bridge's own. */
  readonly isLocal: boolean
}

export interface Neighbour {
  readonly netns: string
  readonly link: string
  readonly address: string
  /** null while it is not resolved (FAILED, INCOMPLETE). */
  readonly macAddress: string | null
  readonly isPermanent: boolean
}

/** A router answers ARP for it there. */
export type ProxiedAddress = Pick<Neighbour, 'netns' | 'link' | 'address'>

export interface OpenflowGroup {
  readonly id: number
  readonly type: 'all' | 'select' | 'indirect' | 'ff'
  readonly buckets: readonly {
    readonly weight: number
    /** Canonical action text. */ readonly actions: string
    readonly watchPort: string | null
  }[]
}
