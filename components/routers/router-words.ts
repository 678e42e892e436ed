// What the kinds of routers and their ways out mean for whoever chooses one, and where a router stands, in words. Pure.

import { needsCentralPart } from '@/server/core/topology/central-part'
import { findById } from '@/server/core/topology/find'
import type { FloatingIpMode, Router } from '@/server/core/topology/kinds/router/router'
import { portsOfRouter } from '@/server/core/topology/router-ports'
import type { Topology } from '@/server/core/topology/topology'

interface Choice {
  readonly label: string
  /** What it means to choose it. */
  readonly sentence: string
}

export const CENTRALIZED: Choice = {
  label: 'Centralized',
  sentence: 'Runs on one network host: everything between its networks, and what leaves, passes there. It joins hosts of both agents.',
}
export const DISTRIBUTED: Choice = {
  label: 'Distributed',
  sentence:
    'Stands on every host with a VM of its networks, so packets between two of them take no detour. Hosts with Open vSwitch only. Floating IPs leave by the host of their VM; with SNAT the rest leaves by a central part on a network host.',
}

export const kindChoice = ({ isDistributed }: Pick<Router, 'isDistributed'>): Choice => (isDistributed ? DISTRIBUTED : CENTRALIZED)
export const kindWord = (router: Pick<Router, 'isDistributed'>): string => kindChoice(router).label.toLowerCase()

/** How a distributed router leads floating IPs out. */
export const floatingIpChoices: Readonly<Record<FloatingIpMode, Choice>> = {
  dvr: {
    label: 'As Neutron does',
    sentence:
      'A rule for each floating IP leads its packets to a namespace fip-, which answers ARP for the address and leads each router out by a table of its own. A connection to a neighbour in one of the router’s subnets keeps the fixed address.',
  },
  'by-hand': {
    label: 'By hand',
    sentence:
      'As one does who builds it with ip and iptables: the address is on rfp- in the router and translated whoever sends to it, and one default route leads all routers out of fip-. The host itself reaches the floating IP, and the VM the host’s management address.',
  },
  gateway: {
    label: 'By a gateway cluster',
    sentence:
      'Packets leave their host by VXLAN to the address that all members of a cluster have, and are translated there: no host spends an external address, and no member is a single point of failure. With SNAT what has no floating IP leaves that way, too. VXLAN networks only.',
  },
}

/** What SNAT means there. */
export function snatHint({ isDistributed, floatingIpMode }: Pick<Router, 'isDistributed' | 'floatingIpMode'>): string {
  if (!isDistributed) return 'What leaves takes the address of the gateway, unless a floating IP stands for it'
  return floatingIpMode === 'gateway'
    ? 'What has no floating IP leaves by the cluster, with an address of the member by which it goes. Off: only floating IPs lead out'
    : 'What has no floating IP leaves by a central part on a network host, with the address of the gateway. Off: only floating IPs lead out'
}

/** "centralized on net1", "distributed, SNAT on net1" */
export function standingOf(topology: Topology, router: Router): string {
  const host = findById(topology.hosts, router.hostId)?.name
  if (!router.isDistributed) {
    const isIdle = portsOfRouter(topology.ports, router.id).length === 0
    return host ? `centralized on ${host}` : isIdle ? 'centralized' : 'centralized, no host'
  }
  const cluster = findById(topology.gatewayClusters, router.gatewayClusterId)?.name
  if (cluster !== undefined) return `distributed, out by ${cluster}`
  return needsCentralPart(topology, router) ? `distributed, ${host ? `SNAT on ${host}` : 'no host for SNAT'}` : 'distributed'
}
