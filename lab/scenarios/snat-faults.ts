// What breaks the way of a VM by the central part of a distributed router, on the VM's host and on the network host: the path to the outside is placed at
// its hop with its cause.

import { qrName, routerNamespace, sgName, snatNamespace } from '@/server/core/naming'
import { parseIpv4 } from '@/server/core/topology/ipv4'
import type { Topology } from '@/server/core/topology/topology'
import { breakAndMend, type Fault } from './break-and-mend'
import type { RouterDesign } from './router-design'
import { FAR_OUTSIDE, type RouterProof } from './router-proofs'

/** From the VM on cmp1. */
function faultsOf({ routerId, sides: [blue] }: RouterDesign, { ports }: Topology): readonly Fault[] {
  const [qrouter, snat] = [routerNamespace(routerId), snatNamespace(routerId)]
  const portOf = (owner: string) =>
    ports.find(
      ({ deviceId, deviceOwner, networkId }) => deviceId === routerId && deviceOwner.startsWith(owner) && networkId === blue.networkId,
    )!
  const [inner, central] = [portOf('network:router_interface'), portOf('network:router_centralized_snat')]
  const [qr, sg] = [qrName(inner.id), sgName(central.id)]
  const address = central.fixedIps[0]!.ipAddress
  const number = parseIpv4(inner.fixedIps[0]!.ipAddress)
  const nobody = blue.address.replace(/\d+$/, '250')
  const lost = new RegExp(`no route leads to ${FAR_OUTSIDE}`)
  return [
    {
      name: 'the rule that leads to the central part is missing',
      at: 'cmp1',
      command: `ip -n ${qrouter} rule del priority ${number}`,
      told: lost,
      planned: new RegExp(`rule ${number} from`),
    },
    {
      name: 'the router has a default route of its own, which comes before the rule',
      at: 'cmp1',
      command: `ip -n ${qrouter} route add default via ${nobody} dev ${qr}`,
      planned: new RegExp(`route default via ${nobody}`),
    },
    {
      name: 'the neighbour is missing that the central part is',
      at: 'cmp1',
      command: `ip -n ${qrouter} neigh del ${address} dev ${qr}`,
      planned: new RegExp(`neighbour ${address} on ${qr}`),
    },
    {
      name: 'the central part is unknown to the table for routed frames',
      at: 'net1',
      command: `ovs-ofctl -O OpenFlow14 del-flows br-int table=1,dl_dst=${central.macAddress}`,
      told: /br-int T1 drops, its flow "any" says so/,
      planned: /flow br-int table 1 priority 20/,
    },
    {
      name: 'the port of the central part is missing',
      at: 'net1',
      command: `ovs-vsctl del-port br-int ${sg}`,
      told: /br-int sends them to port \d+, which is not there/,
      planned: new RegExp(`OVS port ${sg} on br-int`),
    },
    {
      name: 'the central part has no way out',
      at: 'net1',
      command: `ip -n ${snat} route del default`,
      told: lost,
      planned: /route default via/,
    },
    {
      name: 'nothing translates',
      at: 'net1',
      command: `ip netns exec ${snat} iptables -t nat -F tapline-POSTROUTING`,
      planned: /iptables nat tapline-POSTROUTING/,
    },
  ]
}

export const proveSnatFaults: RouterProof = async (stage) => {
  const { topology } = await stage.api.topology.get()
  const [blue] = stage.design.sides
  return breakAndMend(stage, { from: blue.portId, to: FAR_OUTSIDE }, faultsOf(stage.design, topology))
}
