// What breaks a floating IP of a distributed router: what comes in by it, and what its VM sends out.

import { fgName, fipNamespace, qrName, routerNamespace } from '@/server/core/naming'
import type { Topology } from '@/server/core/topology/topology'
import { breakAndMend, type Fault } from './break-and-mend'
import { applied, floatingAddressOf, outside } from './floating-ip-proofs'
import type { RouterDesign } from './router-design'
import { FAR_OUTSIDE, type RouterProof } from './router-proofs'

/** Whoever knows the way to it already would go on sending there. */
const FORGET = ['ip', 'neigh', 'flush', 'all']

export const proveFloatingIpFaults: RouterProof = async (stage) => {
  const { api, design } = stage
  const [blue] = design.sides
  const { projectId } = await api.routers.get({ id: design.routerId })
  const { id } = await api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: blue.portId })
  const problems = await applied(stage, 'giving one that is broken')
  const address = await floatingAddressOf(stage, id)
  const { topology } = await api.topology.get()
  problems.push(...(await breakAndMend(stage, { from: blue.portId, to: FAR_OUTSIDE }, faultsOutwards(design, topology))))
  for (const fault of faultsInwards(design, topology, address)) {
    await outside(stage, FORGET)
    problems.push(...(await breakAndMend(stage, { from: FAR_OUTSIDE, to: id }, [fault])))
  }
  await api.floatingIps.remove({ id })
  return problems
}

interface Names {
  readonly router: string
  readonly outside: string
  readonly fg: string
  readonly qrBlue: string
}

function namesOf({ routerId, externalId, sides: [blue] }: RouterDesign, { ports }: Topology): Names {
  const fgPort = ports.find((port) => port.deviceOwner === 'network:floatingip_agent_gateway')!
  const qrPort = ports.find((port) => port.deviceId === routerId && port.networkId === blue.networkId)!
  return {
    router: routerNamespace(routerId),
    outside: fipNamespace(externalId!),
    fg: fgName(fgPort.id),
    qrBlue: qrName(qrPort.id),
  }
}

function faultsOutwards(design: RouterDesign, topology: Topology): readonly Fault[] {
  const { router, outside: fip, qrBlue } = namesOf(design, topology)
  const fixed = design.sides[0].address
  const stranger = fixed.replace(/\d+$/, '250')
  return [
    {
      name: 'the rule from the VM is missing',
      at: 'cmp1',
      command: `ip -n ${router} rule del from ${fixed} lookup 16`,
      told: new RegExp(`no route leads to ${FAR_OUTSIDE}`),
    },
    {
      name: 'the router has a default route of its own',
      at: 'cmp1',
      command: `ip -n ${router} route add default via ${stranger} dev ${qrBlue}`,
      planned: new RegExp(`route default via ${stranger} in ${router}`),
    },
    {
      name: 'the namespace outside has no way out',
      at: 'cmp1',
      command: `for table in $(ip -n ${fip} rule | sed -n 's/.*iif.*lookup //p'); do ip -n ${fip} route flush table "$table"; done`,
      told: new RegExp(`no route leads to ${FAR_OUTSIDE}`),
    },
    {
      name: 'nothing translates what goes out',
      at: 'cmp1',
      command: `ip netns exec ${router} iptables -t nat -F tapline-POSTROUTING`,
      told: /the rule that makes it .* \(SNAT\) is missing/,
    },
  ]
}

function faultsInwards(design: RouterDesign, topology: Topology, address: string): readonly Fault[] {
  const { router, outside: fip, fg } = namesOf(design, topology)
  return [
    {
      name: 'nobody answers ARP for it',
      at: 'cmp1',
      command: `ip netns exec ${fip} sysctl -qw net.ipv4.conf.${fg}.proxy_arp=0`,
      told: new RegExp(`proxy_arp of ${fg} in ${fip} is 0`),
    },
    {
      name: 'the route back to the router is missing',
      at: 'cmp1',
      command: `ip -n ${fip} route del ${address}/32`,
      told: new RegExp(`the route to ${address} by fpr- is missing in ${fip}`),
    },
    {
      name: 'nothing translates what comes in',
      at: 'cmp1',
      command: `ip netns exec ${router} iptables -t nat -F tapline-PREROUTING`,
      // The VM asks, and its answers are translated back without it.
      isPassed: true,
      told: new RegExp(`no rule of ${router} makes ${address} .* \\(DNAT\\)`),
    },
    {
      name: 'the port of the host outside is dead',
      at: 'cmp1',
      command: `ovs-vsctl set Port ${fg} tag=4095`,
      planned: new RegExp(`port ${fg}`),
    },
  ]
}
