// The kinds of design objects. What is referred to comes before what refers to it: in this order they are written, told and counted.

import type { PrintedFields } from '../print-values'
import type { Kind, ObjectLists, ObjectOf, Topology } from '../topology'
import type { Violation } from '../violation'
import { floatingIpKind } from './floating-ip/floating-ip-kind'
import { gatewayClusterKind } from './gateway-cluster/gateway-cluster-kind'
import { hostKind } from './host/host-kind'
import { hostAggregateKind } from './host-aggregate/host-aggregate-kind'
import type { DesignKind, DesignObject } from './kind'
import { nestedUplinkKind } from './nested-uplink/nested-uplink-kind'
import { networkKind } from './network/network-kind'
import { physicalNetworkKind } from './physical-network/physical-network-kind'
import { portKind } from './port/port-kind'
import { portForwardingKind } from './port-forwarding/port-forwarding-kind'
import { projectKind } from './project/project-kind'
import { routerKind } from './router/router-kind'
import { securityGroupKind } from './security-group/security-group-kind'
import { subnetKind } from './subnet/subnet-kind'
import { trunkKind } from './trunk/trunk-kind'
import { vmKind } from './vm/vm-kind'

const designKinds = {
  physicalNetwork: physicalNetworkKind,
  host: hostKind,
  project: projectKind,
  hostAggregate: hostAggregateKind,
  network: networkKind,
  subnet: subnetKind,
  securityGroup: securityGroupKind,
  // Before routers, which lead out by it.
  gatewayCluster: gatewayClusterKind,
  // Before its ports, which name it by deviceId as those of a VM do; of its gateway's port it knows the id only.
  router: routerKind,
  vm: vmKind,
  port: portKind,
  trunk: trunkKind,
  // Behind trunks, which say where the ports are that it leads to.
  floatingIp: floatingIpKind,
  portForwarding: portForwardingKind,
  nestedUplink: nestedUplinkKind,
} satisfies { readonly [K in Kind]: DesignKind<K> }

export const kindNames = Object.keys(designKinds) as readonly Kind[]

// The compiler does not count what a list of records comes to as one.
type Merged<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void ? All : never
/** The sentences of the rules of every kind. */
export const kindViolations = Object.assign({}, ...kindNames.map((kind) => designKinds[kind].violations)) as Merged<
  (typeof designKinds)[Kind]['violations']
>

// The compiler does not see that what is listed under a kind is of that kind, nor that a list of `ObjectOf[K]` is one of the topology's. Said here
// once, so that nobody else has to.
export const kindOf = <K extends Kind>(kind: K): DesignKind<K> => designKinds[kind] as unknown as DesignKind<K>
export const itemsOf = <K extends Kind>(topology: Topology, kind: K): readonly ObjectOf[K][] =>
  topology[kindOf(kind).list] as unknown as readonly ObjectOf[K][]

export const designObjects = <K extends Kind>(topology: Topology, kind: K): readonly Extract<DesignObject, { readonly kind: K }>[] =>
  itemsOf(topology, kind).map((item) => ({ kind, item })) as unknown as readonly Extract<DesignObject, { readonly kind: K }>[]

/** Its fields as people read them, and what every object may have. */
export const printItem = <K extends Kind>(kind: K, item: ObjectOf[K], names: Topology): PrintedFields => ({
  ...kindOf(kind).print(item, names),
  ...(item.description !== undefined && { description: item.description }),
})

// The same for one object, whatever it is.
const formOf = ({ kind }: DesignObject) => kindOf(kind) as DesignKind<Kind>
export const labelOf = (topology: Topology, object: DesignObject): string => formOf(object).label(topology, object.item)
export const detailOf = (topology: Topology, object: DesignObject): string => formOf(object).detail(topology, object.item)
export const keysOf = (topology: Topology, object: DesignObject): readonly string[] => formOf(object).keys?.(topology, object.item) ?? []
export const printOf = (topology: Topology, { kind, item }: DesignObject): PrintedFields => printItem(kind, item, topology)
export const checkRemovalOf = (topology: Topology, object: DesignObject): readonly Violation[] =>
  formOf(object).checkRemoval(topology, object.item)
export const takenAlongWith = (topology: Topology, object: DesignObject): readonly DesignObject[] =>
  formOf(object).takesAlong?.(topology, object.item) ?? []

/** The list of each kind, from what is asked for each. */
export const withLists = (listOf: <K extends Kind>(kind: K) => readonly ObjectOf[K][]): ObjectLists =>
  Object.fromEntries(kindNames.map((kind) => [kindOf(kind).list, listOf(kind)])) as unknown as ObjectLists

export const perKind = <Value>(valueOf: (kind: Kind) => Value): Readonly<Record<Kind, Value>> =>
  Object.fromEntries(kindNames.map((kind) => [kind, valueOf(kind)])) as Record<Kind, Value>
