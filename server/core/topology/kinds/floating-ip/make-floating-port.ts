// The own port of a floating IP: it has the address, and stands nowhere. As Neutron's it has no name, and nothing filters it.

import type { Allocated } from '../../allocate/allocated'
import { findById } from '../../find'
import { needsSelectors } from '../../gateway-clusters'
import type { IdSource } from '../../id-source'
import { isInCidr, parseCidr, parseIpv4 } from '../../ipv4'
import { subnetsOfNetwork } from '../../lookup'
import type { Topology } from '../../topology'
import { conflict, invalid, type Violation } from '../../violation'
import { poolAddress } from '../gateway-cluster/pool-address'
import type { Port } from '../port/port'
import { allocatePortMac } from '../port/port-mac'
import { checkPort } from '../port/port-rules'
import { allocateFixedIp } from '../subnet/fixed-ip'
import type { Router } from '../router/router'
import type { FloatingIpInput } from './floating-ip-input'
import { checkFloatingNetwork } from './floating-ip-rules'
import { nameNetwork } from './floating-ip-target'

type FixedIp = Port['fixedIps'][number]

/** `router`: by which it is to lead to its port, if to any. */
export function makeFloatingPort(
  topology: Topology,
  floatingIpId: string,
  { networkId, ipAddress }: FloatingIpInput,
  router: Router | null,
  ids: IdSource,
): Allocated<Port> {
  const [unfit] = checkFloatingNetwork(topology, networkId)
  if (unfit) return failed(unfit)
  const fixedIp = ipAddress == null ? chooseAddress(topology, networkId, router) : nameAddress(topology, networkId, ipAddress)
  if (!fixedIp.ok) return fixedIp
  const port = servicePort(topology, networkId, [fixedIp.value], ids, { deviceOwner: 'network:floatingip', deviceId: floatingIpId })
  const [broken] = checkPort(topology, port)
  return broken ? failed({ ...broken, field: 'ipAddress' }) : { ok: true, value: port }
}

/** Of the pools of the gateway cluster by which the router leads out, if it does. */
function chooseAddress(topology: Topology, networkId: string, router: Router | null): Allocated<FixedIp> {
  const cluster = router && needsSelectors(router) ? findById(topology.gatewayClusters, router.gatewayClusterId) : null
  return cluster ? poolAddress(topology, cluster, 'networkId') : lowestAddress(topology, networkId, 'networkId')
}

/** Of whatever subnet there has one. */
export function lowestAddress(topology: Topology, networkId: string, field: string | null): Allocated<FixedIp> {
  const allocated = subnetsOfNetwork(topology.subnets, networkId).map(({ id }) => allocateFixedIp(topology, id))
  const chosen = allocated.find(({ ok }) => ok) ?? allocated[0]
  if (!chosen) {
    const network = nameNetwork(topology, networkId)
    return failed(conflict('floating-ip-subnet', field, { network }, [network]))
  }
  return chosen.ok ? chosen : failed({ ...chosen.violation, field })
}

function nameAddress(topology: Topology, networkId: string, address: string): Allocated<FixedIp> {
  const value = parseIpv4(address)
  if (value === null) return failed(invalid('address-form', 'ipAddress', { of: 'port' }))
  const network = nameNetwork(topology, networkId)
  const subnets = subnetsOfNetwork(topology.subnets, networkId)
  if (subnets.length === 0) return failed(conflict('floating-ip-subnet', 'networkId', { network }, [network]))
  const subnet = subnets.find((each) => {
    const cidr = parseCidr(each.cidr)
    return cidr !== null && isInCidr(cidr, value)
  })
  if (!subnet) return failed(conflict('floating-ip-outside', 'ipAddress', { address, network }, [network]))
  return { ok: true, value: { subnetId: subnet.id, ipAddress: address } }
}

export const servicePort = (
  topology: Topology,
  networkId: string,
  fixedIps: readonly FixedIp[],
  ids: IdSource,
  owner: Pick<Port, 'deviceOwner' | 'deviceId'> & Partial<Pick<Port, 'hostId'>>,
): Port => ({
  id: ids.uuid(),
  networkId,
  name: '',
  macAddress: allocatePortMac(topology, networkId, ids),
  fixedIps,
  hostId: null,
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
  ...owner,
})

const failed = (violation: Violation) => ({ ok: false as const, violation })
