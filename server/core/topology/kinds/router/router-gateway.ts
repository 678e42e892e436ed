// The gateway of a router: its port in an external network, which is made, given another address or removed as the router is told to lead out.

import type { Allocated } from '../../allocate/allocated'
import { findById, put } from '../../find'
import type { IdSource } from '../../id-source'
import { isInCidr, isUsable, parseCidr, parseIpv4 } from '../../ipv4'
import { portsWithAddress, subnetsOfNetwork } from '../../lookup'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import type { Port } from '../port/port'
import { labelPort } from '../port/port-label'
import { checkAbroad } from '../port/port-rules'
import { allocateFixedIp } from '../subnet/fixed-ip'
import type { Subnet } from '../subnet/subnet'
import { makeRouterPort } from './make-router-port'
import type { Router, RouterGateway } from './router'
import type { GatewayInput } from './router-input'
import { checkGatewayNetwork } from './router-rules'

type FixedIp = Port['fixedIps'][number]

export interface Gatewayed {
  readonly topology: Topology
  readonly router: Router
}

/** `undefined` leaves it as it is. In the network where it is it keeps its port, and its address unless another is wanted. */
export function setGateway(
  topology: Topology,
  router: Router,
  wanted: GatewayInput | null | undefined,
  ids: IdSource,
): Allocated<Gatewayed> {
  if (wanted === undefined) return { ok: true, value: { topology, router } }
  const before = findById(topology.ports, router.gateway?.portId)
  const kept = before && before.networkId === wanted?.networkId ? before : null
  const without = { ...topology, ports: before ? topology.ports.filter((port) => port !== before) : topology.ports }
  if (wanted === null) return { ok: true, value: { topology: without, router: { ...router, gateway: null } } }
  const fixedIp = chooseAddress(without, wanted, kept)
  if (!fixedIp.ok) return fixedIp
  const port = kept
    ? withAddress(kept, fixedIp.value)
    : makeRouterPort(without, router, 'network:router_gateway', wanted.networkId, [fixedIp.value], ids)
  const gateway: RouterGateway = {
    networkId: wanted.networkId,
    portId: port.id,
    isSnatEnabled: wanted.isSnatEnabled ?? (kept ? router.gateway?.isSnatEnabled : undefined) ?? true,
  }
  return { ok: true, value: { topology: { ...without, ports: put(without.ports, port) }, router: { ...router, gateway } } }
}

const withAddress = (port: Port, fixedIp: FixedIp): Port => (port.fixedIps.includes(fixedIp) ? port : { ...port, fixedIps: [fixedIp] })

/** `topology` is without the port that it has. */
function chooseAddress(topology: Topology, wanted: GatewayInput, kept: Port | null): Allocated<FixedIp> {
  const [unfit] = checkGatewayNetwork(topology, wanted.networkId)
  if (unfit) return failed(unfit)
  const subnets = chooseSubnets(topology, wanted)
  if (!subnets.ok) return subnets
  if (wanted.ipAddress != null) return nameAddress(topology, wanted, wanted.ipAddress, subnets.value)
  const former = kept?.fixedIps.find(({ subnetId }) => findById(subnets.value, subnetId))
  if (former) return { ok: true, value: former }
  const allocated = subnets.value.map(({ id }) => allocateFixedIp(topology, id))
  const chosen = allocated.find(({ ok }) => ok) ?? allocated[0]!
  return chosen.ok ? chosen : failed({ ...chosen.violation, field: 'gateway.networkId' })
}

/** Never empty. */
function chooseSubnets(topology: Topology, { networkId, subnetId }: GatewayInput): Allocated<readonly Subnet[]> {
  const network = findById(topology.networks, networkId)?.name ?? networkId
  const subnets = subnetsOfNetwork(topology.subnets, networkId)
  if (subnets.length === 0) return failed(conflict('router-gateway-subnet', 'gateway.networkId', { network }, [network]))
  if (subnetId == null) return { ok: true, value: subnets }
  const subnet = findById(topology.subnets, subnetId)
  if (!subnet) return failed(missing('subnet', 'gateway.subnetId'))
  if (subnet.networkId === networkId) return { ok: true, value: [subnet] }
  return failed(invalid('subnet-of-network', 'gateway.subnetId', { subnet: subnet.name }))
}

function nameAddress(topology: Topology, { networkId }: GatewayInput, address: string, subnets: readonly Subnet[]): Allocated<FixedIp> {
  const field = 'gateway.ipAddress'
  const value = parseIpv4(address)
  if (value === null) return failed(invalid('address-form', field, { of: 'port' }))
  const subnet = subnets.find((each) => {
    const cidr = parseCidr(each.cidr)
    return cidr !== null && isInCidr(cidr, value)
  })
  if (!subnet) {
    const network = findById(topology.networks, networkId)?.name ?? networkId
    return failed(conflict('router-gateway-outside', field, { address, network }, [network]))
  }
  const cidr = parseCidr(subnet.cidr)
  if (cidr && !isUsable(cidr, value)) return failed(invalid('address-usable', field, { address, cidr: subnet.cidr }))
  const fixedIp = { subnetId: subnet.id, ipAddress: address }
  const [taken] = portsWithAddress(topology.ports, fixedIp)
  const [abroad] = checkAbroad(topology, networkId, address, field)
  if (!taken) return abroad ? failed(abroad) : { ok: true, value: fixedIp }
  const label = labelPort(topology, taken)
  return failed(conflict('address-unique', field, { address, port: label }, [label]))
}

const failed = (violation: Violation) => ({ ok: false as const, violation })
