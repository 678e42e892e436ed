// The logical model: what the operator asked for, in Neutron's terms. Plain data, JSON all the way, so that a revision is
// a copy of it. Rules over it live in rules/, allocation of ids and addresses in allocate/, host facts in core/host.

import type { Host } from './kinds/host/host'
import type { NestedUplink } from './kinds/nested-uplink/nested-uplink'
import type { Network } from './kinds/network/network'
import type { PhysicalNetwork } from './kinds/physical-network/physical-network'
import type { Port } from './kinds/port/port'
import type { Project } from './kinds/project/project'
import type { Subnet } from './kinds/subnet/subnet'
import type { Trunk } from './kinds/trunk/trunk'
import type { Vm } from './kinds/vm/vm'

/** Local VLAN of a network on one host: chosen by us, stored before anything runs, unrelated to VLAN id or VNI. */
export interface LocalVlan {
  readonly hostId: string
  readonly networkId: string
  readonly vlan: number
}

export interface Topology {
  readonly projects: readonly Project[]
  readonly hosts: readonly Host[]
  readonly physicalNetworks: readonly PhysicalNetwork[]
  readonly networks: readonly Network[]
  readonly subnets: readonly Subnet[]
  readonly ports: readonly Port[]
  readonly vms: readonly Vm[]
  readonly trunks: readonly Trunk[]
  readonly nestedUplinks: readonly NestedUplink[]
  readonly localVlans: readonly LocalVlan[]
}

export const emptyTopology: Topology = {
  projects: [],
  hosts: [],
  physicalNetworks: [],
  networks: [],
  subnets: [],
  ports: [],
  vms: [],
  trunks: [],
  nestedUplinks: [],
  localVlans: [],
}

/** A copy from a time when the model had fewer lists and fields. */
export function completeTopology(stored: Partial<Topology>): Topology {
  const complete = { ...emptyTopology, ...stored }
  return {
    ...complete,
    hosts: complete.hosts.map((host) => ({ ...EARLIER_HOST, ...host })),
    vms: complete.vms.map((vm) => ({ ...EARLIER_VM, ...vm })),
  }
}

/** Before there was a choice, every guest was emulated. */
const EARLIER_HOST = { virtType: 'auto', hasKvm: false, isAgentAccepted: false, adoptedHostIds: [], hasRestoreUnit: false } as const
const EARLIER_VM = { virtType: 'qemu' } as const
