// What members of a gateway cluster must know: of each floating IP that leads to a VM behind one of its routers, and of each VM there that has none. It follows from
// the design alone, so it is in step with it at every moment; what a member really has is compared with it like everything else on a host.

import { findById } from './find'
import { floatingIpsOf, floatingIpsTo, hostOfVmPort } from './floating-ips'
import { needsSelectors, routersOfCluster } from './gateway-clusters'
import { parseCidr, parseIpv4, renderIpv4 } from './ipv4'
import type { GatewayCluster, GatewayRecord } from './kinds/gateway-cluster/gateway-cluster'
import type { FloatingIp } from './kinds/floating-ip/floating-ip'
import type { Port } from './kinds/port/port'
import type { Router } from './kinds/router/router'
import { portsOfSubnet } from './lookup'
import { isSelectorPort, portsOfRouter } from './router-ports'
import type { Topology } from './topology'

/** Where a VM's address is reached by tunnel. */
type Reached = Pick<GatewayRecord, 'vmIp' | 'dvrMac' | 'vni' | 'vtep' | 'selectorMac'>

/** An address of a VM, and another one by which members know it. */
export interface Translated extends Reached {
  readonly address: string
}

/** Of a cluster, on a host. */
export interface Member {
  readonly cluster: GatewayCluster
  /** In the external network. */
  readonly port: Port
  /** All that VMs are known by: floating IPs, of all clouds, and addresses of 240.0.0.0/4. */
  readonly translated: readonly Translated[]
}

/** Of this design, in its order. */
export const recordsOf = (topology: Topology, cluster: GatewayCluster): readonly GatewayRecord[] =>
  routersIn(topology, cluster).flatMap((router) =>
    floatingIpsOf(topology.floatingIps, router.id).flatMap((floatingIp) => recordOf(topology, cluster, router, floatingIp) ?? []),
  )

/** Of all clouds, and of what has no floating IP in this one. */
export function translatedBy(topology: Topology, cluster: GatewayCluster): readonly Translated[] {
  const records = [...recordsOf(topology, cluster), ...cluster.importedRecords]
  return [
    ...records.map(({ floatingIp: address, ...record }): Translated => ({ address, ...reachedOf(record) })),
    ...(cluster.functions.includes('snat') ? routersIn(topology, cluster).flatMap((router) => withoutFloatingIp(topology, router)) : []),
  ]
}

const reachedOf = ({ vmIp, dvrMac, vni, vtep, selectorMac }: Reached): Reached => ({ vmIp, dvrMac, vni, vtep, selectorMac })

const routersIn = ({ routers }: Topology, { id }: GatewayCluster): readonly Router[] =>
  routersOfCluster(routers, id).filter((router) => router.isAdminStateUp && needsSelectors(router))

function recordOf(topology: Topology, { cloudId }: GatewayCluster, router: Router, floatingIp: FloatingIp): GatewayRecord | null {
  const { id: floatingIpId, portId, fixedPortId, fixedIpAddress } = floatingIp
  const [port, own] = [findById(topology.ports, fixedPortId), findById(topology.ports, portId)?.fixedIps[0]]
  const fixedIp = port?.fixedIps.find(({ ipAddress }) => ipAddress === fixedIpAddress)
  const selector = selectorsOf(topology, router).find(({ fixedIps }) => fixedIps[0]?.subnetId === fixedIp?.subnetId)
  const reached = port && fixedIp && selector ? reach(topology, port, fixedIp.ipAddress, selector) : null
  return reached && own ? { cloudId, floatingIpId, floatingIp: own.ipAddress, ...reached } : null
}

const selectorsOf = ({ ports }: Topology, { id }: Router): readonly Port[] => portsOfRouter(ports, id).filter(isSelectorPort)

/** Every address of a VM in a subnet of the router that no floating IP of it leads to, as the one at its place in the selector's block. */
function withoutFloatingIp(topology: Topology, router: Router): readonly Translated[] {
  if (!router.gateway?.isSnatEnabled) return []
  return selectorsOf(topology, router).flatMap((selector) => {
    const subnetId = selector.fixedIps[0]?.subnetId ?? ''
    return portsOfSubnet(topology.ports, subnetId).flatMap((port) =>
      port.fixedIps.flatMap((fixedIp) => {
        if (fixedIp.subnetId !== subnetId || hasFloatingIp(topology, router, port, fixedIp.ipAddress)) return []
        const address = placeInBlock(topology, selector, fixedIp)
        const reached = reach(topology, port, fixedIp.ipAddress, selector)
        return address !== null && reached ? [{ address, ...reached }] : []
      }),
    )
  })
}

const hasFloatingIp = ({ floatingIps }: Topology, { id }: Router, port: Port, address: string): boolean =>
  floatingIpsTo(floatingIps, port.id).some(({ routerId, fixedIpAddress }) => routerId === id && fixedIpAddress === address)

/** null: it is no VM's, or the VM is nowhere. */
function reach({ hosts, networks }: Topology, port: Port, vmIp: string, { macAddress: selectorMac }: Port): Reached | null {
  const host = findById(hosts, hostOfVmPort(port))
  const vni = findById(networks, port.networkId)?.segmentationId
  if (!host?.tunnel || !host.isPrepared || vni === null || vni === undefined) return null
  return { vmIp, dvrMac: host.dvrMac, vni, vtep: host.tunnel.address, selectorMac }
}

function placeInBlock({ subnets }: Topology, { snatBlock }: Port, { subnetId, ipAddress }: Port['fixedIps'][number]): string | null {
  const [block, subnet] = [parseCidr(snatBlock ?? ''), parseCidr(findById(subnets, subnetId)?.cidr ?? '')]
  const address = parseIpv4(ipAddress)
  return block && subnet && address !== null ? renderIpv4(block.network + (address - subnet.network)) : null
}
