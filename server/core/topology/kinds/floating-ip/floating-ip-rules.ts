// Rules of floating IPs (docs/reference/routers.md).

import { findById, isOther } from '../../find'
import { agentGatewayPlace, agentGatewaysLost, floatingIpsTo } from '../../floating-ips'
import { checkBinding } from '../../rules/binding-rules'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import type { DesignObject } from '../kind'
import type { Port } from '../port/port'
import { labelPort } from '../port/port-label'
import { isServicePort } from '../port/port-security'
import type { FloatingIp } from './floating-ip'
import { labelFloatingIp } from './floating-ip-label'
import { findRouter } from './floating-ip-route'

/** `topology` holds its own port as it is to be. */
export const checkFloatingIp = (topology: Topology, floatingIp: FloatingIp): Violation[] => [
  ...(findById(topology.projects, floatingIp.projectId) ? [] : [missing('project', 'projectId')]),
  ...checkFloatingNetwork(topology, floatingIp.networkId),
  ...checkOwnAddress(topology, floatingIp),
  ...checkAssociation(topology, floatingIp),
]

export function checkFloatingNetwork({ networks }: Topology, networkId: string): Violation[] {
  const network = findById(networks, networkId)
  if (!network) return [missing('network', 'networkId')]
  return network.isExternal ? [] : [conflict('floating-ip-external', 'networkId', { network: network.name }, [network.name])]
}

/** What answers for it would answer for the next router. */
function checkOwnAddress({ ports, subnets }: Topology, { portId }: FloatingIp): Violation[] {
  const fixedIps = findById(ports, portId)?.fixedIps ?? []
  return fixedIps.flatMap(({ subnetId, ipAddress: address }) => {
    const subnet = findById(subnets, subnetId)
    return subnet?.gatewayIp === address
      ? [conflict('floating-ip-gateway-address', 'ipAddress', { address, subnet: subnet.name }, [subnet.name])]
      : []
  })
}

function checkAssociation(topology: Topology, floatingIp: FloatingIp): Violation[] {
  const { fixedPortId, fixedIpAddress: address } = floatingIp
  if (fixedPortId === null || address === null) return fixedPortId === address ? [] : [invalid('floating-ip-port-given', 'fixedPortId', {})]
  const port = findById(topology.ports, fixedPortId)
  if (!port) return [missing('port', 'fixedPortId')]
  const owner = checkFixedPort(topology, port, 'fixedPortId')
  if (owner.length > 0) return owner
  const label = labelPort(topology, port)
  if (!port.fixedIps.some(({ ipAddress }) => ipAddress === address))
    return [conflict('floating-ip-fixed-address', 'fixedIpAddress', { address, port: label }, [label])]
  return [...checkUnique(topology, floatingIp, label, address), ...checkWay(topology, floatingIp, label, address)]
}

/** A port that serves the network leads to nobody. */
export function checkFixedPort(topology: Topology, port: Port, field: string): Violation[] {
  if (!isServicePort(port)) return []
  const label = labelPort(topology, port)
  return [conflict('floating-ip-port-owner', field, { port: label }, [label])]
}

function checkUnique(topology: Topology, floatingIp: FloatingIp, port: string, address: string): Violation[] {
  const { networkId, fixedPortId, fixedIpAddress } = floatingIp
  const other = floatingIpsTo(topology.floatingIps, fixedPortId ?? '').find(
    (each) => isOther(floatingIp)(each) && each.networkId === networkId && each.fixedIpAddress === fixedIpAddress,
  )
  if (!other) return []
  const values = { address, port, floatingIp: labelFloatingIp(topology, other), network: nameNetwork(topology, networkId) }
  return [conflict('floating-ip-fixed-unique', 'fixedIpAddress', values, [values.floatingIp])]
}

function checkWay(topology: Topology, floatingIp: FloatingIp, port: string, address: string): Violation[] {
  const { networkId } = floatingIp
  const router = findRouter(topology, floatingIp)
  const network = nameNetwork(topology, networkId)
  if (!router) return [conflict('floating-ip-route', 'fixedPortId', { address, port, network }, [port, network])]
  const place = agentGatewayPlace(topology, { ...floatingIp, routerId: router.id })
  return place ? checkBinding(topology, networkId, place.hostId, 'fixedPortId') : []
}

const nameNetwork = ({ networks }: Topology, id: string): string => findById(networks, id)?.name ?? id

/** Its port, and those of hosts that have no other floating IP there. */
export function takenByFloatingIp(topology: Topology, floatingIp: FloatingIp): DesignObject[] {
  const own = findById(topology.ports, floatingIp.portId)
  return [...(own ? [own] : []), ...agentGatewaysLost(topology, isOther(floatingIp))].map((item) => ({ kind: 'port' as const, item }))
}
