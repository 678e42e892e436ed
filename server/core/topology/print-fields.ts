// The fields of an object as people read them: names for ids, words for flags, null for what is absent. What is not
// listed here is not a change anybody would call one.

import type { ObjectChange } from '../plan/change'
import type { Host } from './kinds/host/host'
import { printHost } from './kinds/host/host-print'
import type { NestedUplink } from './kinds/nested-uplink/nested-uplink'
import { printUplink } from './kinds/nested-uplink/nested-uplink-print'
import type { Network } from './kinds/network/network'
import { printNetwork } from './kinds/network/network-print'
import type { PhysicalNetwork } from './kinds/physical-network/physical-network'
import { printPhysicalNetwork } from './kinds/physical-network/physical-network-print'
import type { Port } from './kinds/port/port'
import { printPort } from './kinds/port/port-print'
import type { Project } from './kinds/project/project'
import type { Subnet } from './kinds/subnet/subnet'
import { printSubnet } from './kinds/subnet/subnet-print'
import type { Trunk } from './kinds/trunk/trunk'
import { printTrunk } from './kinds/trunk/trunk-print'
import type { Vm } from './kinds/vm/vm'
import { printVm } from './kinds/vm/vm-print'
import type { PrintedFields } from './print-values'
import type { Topology } from './topology'

export type Kind = ObjectChange['kind']

export interface ObjectOf {
  readonly project: Project
  readonly host: Host
  readonly physicalNetwork: PhysicalNetwork
  readonly network: Network
  readonly subnet: Subnet
  readonly port: Port
  readonly vm: Vm
  readonly trunk: Trunk
  readonly nestedUplink: NestedUplink
}

/** `names` is where ids are looked up; it may hold more than the topology of the object. */
export const printers: { readonly [K in Kind]: (object: ObjectOf[K], names: Topology) => PrintedFields } = {
  project: ({ name }) => ({ name }),
  host: printHost,
  physicalNetwork: printPhysicalNetwork,
  network: printNetwork,
  subnet: printSubnet,
  port: printPort,
  vm: printVm,
  trunk: printTrunk,
  nestedUplink: printUplink,
}
