// The ports of a router: made for it, or taken over. As Neutron's they have no name, and nothing filters them. Host and owner are settled.

import type { IdSource } from '../../id-source'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import { allocatePortMac } from '../port/port-mac'
import type { Router } from './router'

type FixedIp = Port['fixedIps'][number]

const ownedBy = ({ id }: Router, deviceOwner: Port['deviceOwner']) => ({
  name: '',
  hostId: null,
  deviceOwner,
  deviceId: id,
  isPortSecurityEnabled: false,
})

export const makeRouterPort = (
  topology: Topology,
  router: Router,
  deviceOwner: 'network:router_interface' | 'network:router_gateway' | 'network:router_centralized_snat' | 'network:router_centralized_fip',
  networkId: string,
  fixedIps: readonly FixedIp[],
  ids: IdSource,
): Port => ({
  id: ids.uuid(),
  networkId,
  macAddress: allocatePortMac(topology, networkId, ids),
  fixedIps,
  isAdminStateUp: true,
  ...ownedBy(router, deviceOwner),
})

export const takeAsInterface = (
  router: Router,
  { securityGroupIds: _groups, allowedAddressPairs: _pairs, conntrackZone: _zone, ...port }: Port,
): Port => ({ ...port, ...ownedBy(router, 'network:router_interface') })
