// The edits of every kind. What is more than to create, to change or to remove an object (subports of a trunk, preparing a host) has a procedure of its own.

import type { Kind } from '../topology'
import { floatingIpEdits } from './floating-ip/floating-ip-edits'
import { gatewayClusterEdits } from './gateway-cluster/gateway-cluster-edits'
import { hostEdits } from './host/host-edits'
import { hostAggregateEdits } from './host-aggregate/host-aggregate-edits'
import type { KindEdits } from './kind-edits'
import { nestedUplinkEdits } from './nested-uplink/nested-uplink-edits'
import { networkEdits } from './network/network-edits'
import { physicalNetworkEdits } from './physical-network/physical-network-edits'
import { portEdits } from './port/port-edits'
import { portForwardingEdits } from './port-forwarding/port-forwarding-edits'
import { projectEdits } from './project/project-edits'
import { routerEdits } from './router/router-edits'
import { securityGroupEdits } from './security-group/security-group-edits'
import { subnetEdits } from './subnet/subnet-edits'
import { trunkEdits } from './trunk/trunk-edits'
import { vmEdits } from './vm/vm-edits'

export const designEdits = {
  physicalNetwork: physicalNetworkEdits,
  host: hostEdits,
  project: projectEdits,
  hostAggregate: hostAggregateEdits,
  network: networkEdits,
  subnet: subnetEdits,
  securityGroup: securityGroupEdits,
  gatewayCluster: gatewayClusterEdits,
  router: routerEdits,
  vm: vmEdits,
  port: portEdits,
  trunk: trunkEdits,
  floatingIp: floatingIpEdits,
  portForwarding: portForwardingEdits,
  nestedUplink: nestedUplinkEdits,
} satisfies { readonly [K in Kind]: KindEdits }
