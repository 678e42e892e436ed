// Rules of floating IPs (docs/reference/routers.md).

import { findById, isOther } from '../../find'
import { agentGatewayPlace, agentGatewaysLost, floatingIpsTo } from '../../floating-ips'
import { needsSelectors } from '../../gateway-clusters'
import { forwardingsOf, forwardingsTranslated } from '../../port-forwardings'
import { checkBinding } from '../../rules/binding-rules'
import { refuse } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkServes } from '../gateway-cluster/gateway-use-rules'
import type { DesignObject } from '../kind'
import { labelForwarding } from '../port-forwarding/port-forwarding-label'
import type { Router } from '../router/router'
import type { FloatingIp } from './floating-ip'
import { labelFloatingIp } from './floating-ip-label'
import { findRouter } from './floating-ip-route'
import { checkTarget, nameNetwork, nameTarget, refuseWithoutWay } from './floating-ip-target'

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

const FIELDS = { port: 'fixedPortId', address: 'fixedIpAddress' } as const

function checkAssociation(topology: Topology, floatingIp: FloatingIp): Violation[] {
  const { fixedPortId: portId, fixedIpAddress: address } = floatingIp
  if (portId === null || address === null) return portId === address ? [] : [invalid('floating-ip-port-given', 'fixedPortId', {})]
  const unfit = [...checkNoForwardings(topology, floatingIp), ...checkTarget(topology, { portId, address }, FIELDS)]
  if (unfit.length > 0) return unfit
  return [...checkUnique(topology, floatingIp, portId, address), ...checkWay(topology, floatingIp, portId, address)]
}

/** It leads to one port whole, or to many by single ports, as in Neutron. */
function checkNoForwardings(topology: Topology, floatingIp: FloatingIp): Violation[] {
  const forwardings = forwardingsOf(topology.portForwardings, floatingIp.id).map((each) => labelForwarding(topology, each))
  return forwardings.length === 0
    ? []
    : [
        conflict(
          'floating-ip-port-forwardings',
          'fixedPortId',
          { floatingIp: labelFloatingIp(topology, floatingIp), forwardings },
          forwardings,
        ),
      ]
}

function checkUnique(topology: Topology, floatingIp: FloatingIp, portId: string, address: string): Violation[] {
  const { networkId } = floatingIp
  const other = floatingIpsTo(topology.floatingIps, portId).find(
    (each) => isOther(floatingIp)(each) && each.networkId === networkId && each.fixedIpAddress === address,
  )
  if (!other) return []
  const [port, network] = [nameTarget(topology, portId), nameNetwork(topology, networkId)]
  const values = { address, port, floatingIp: labelFloatingIp(topology, other), network }
  return [conflict('floating-ip-fixed-unique', 'fixedIpAddress', values, [values.floatingIp])]
}

function checkWay(topology: Topology, floatingIp: FloatingIp, portId: string, address: string): Violation[] {
  const { networkId } = floatingIp
  const router = findRouter(topology, floatingIp)
  if (!router) return [refuseWithoutWay(topology, networkId, { portId, address }, FIELDS)]
  const cluster = needsSelectors(router) ? findById(topology.gatewayClusters, router.gatewayClusterId) : null
  if (cluster) return checkServes(topology, cluster, router, [floatingIp], 'fixedPortId')
  const place = agentGatewayPlace(topology, { ...floatingIp, routerId: router.id })
  return [
    ...(place ? checkBinding(topology, networkId, place.hostId, 'fixedPortId') : []),
    ...checkRepliesOfForwardings(topology, router, portId, address),
  ]
}

/** Of a distributed router: its rule would lead replies of port forwardings out on the VM's own host, past who translates them back. Neutron refuses it, too. */
function checkRepliesOfForwardings(topology: Topology, router: Router, portId: string, address: string): Violation[] {
  if (!router.isDistributed) return []
  const forwarded = forwardingsTranslated(topology, router.id, portId, address)
  const forwardings = forwarded.map((each) => labelForwarding(topology, each))
  const values = { address, port: nameTarget(topology, portId), router: router.name, forwardings }
  return forwardings.length === 0 ? [] : [conflict('floating-ip-forwarded-address', 'fixedPortId', values, forwardings)]
}

/** As in Neutron. */
export function checkFloatingIpRemoval(topology: Topology, floatingIp: FloatingIp): Violation[] {
  const forwardings = forwardingsOf(topology.portForwardings, floatingIp.id).map((each) => labelForwarding(topology, each))
  return refuse('floating-ip-forwards', forwardings, { floatingIp: labelFloatingIp(topology, floatingIp), forwardings })
}

/** Its port, and those of hosts that have no other floating IP there. */
export function takenByFloatingIp(topology: Topology, floatingIp: FloatingIp): DesignObject[] {
  const own = findById(topology.ports, floatingIp.portId)
  return [...(own ? [own] : []), ...agentGatewaysLost(topology, isOther(floatingIp))].map((item) => ({ kind: 'port' as const, item }))
}
