// What breaks a distributed router, one fault at a time on a host whose plan was empty: the verification places it at its hop and says the cause, and
// the next plan mends it.

import { qrName, routerNamespace } from '@/server/core/naming'
import type { Topology } from '@/server/core/topology/topology'
import { breakAndMend, type Fault } from './break-and-mend'
import type { RouterDesign } from './router-design'
import type { RouterProof } from './router-proofs'

/** From the VM on cmp1 to the one on cmp2. */
function faultsOf({ routerId, sides: [, green] }: RouterDesign, { ports }: Topology): readonly Fault[] {
  const netns = routerNamespace(routerId)
  const interfaceIn = (networkId: string) => ports.find((port) => port.deviceId === routerId && port.networkId === networkId)!
  const qrGreen = qrName(interfaceIn(green.networkId).id)
  const greenMac = ports.find(({ id }) => id === green.portId)!.macAddress
  return [
    {
      name: 'a neighbour is missing',
      at: 'cmp1',
      command: `ip -n ${netns} neigh del ${green.address} dev ${qrGreen}`,
      told: new RegExp(`nobody answers for ${green.address} on ${qrGreen}`),
    },
    {
      name: 'the VM is unknown to the table for routed frames',
      at: 'cmp2',
      command: `ovs-ofctl -O OpenFlow14 del-flows br-int table=1,dl_dst=${greenMac}`,
      told: /br-int T1 drops, its flow "any" says so/,
    },
    {
      name: 'an interface is down',
      at: 'cmp1',
      command: `ip -n ${netns} link set ${qrGreen} down`,
      told: new RegExp(`no route leads to ${green.address}`),
    },
    {
      name: 'the router does not forward',
      at: 'cmp1',
      command: `ip netns exec ${netns} sysctl -qw net.ipv4.ip_forward=0`,
      told: new RegExp(`${netns} does not forward`),
    },
    {
      name: 'nothing bears the DVR MAC',
      at: 'cmp1',
      command: 'ovs-ofctl -O OpenFlow14 del-flows br-tun table=1',
      told: /br-tun T1 drops, no flow of this table matches/,
    },
  ]
}

export const proveFaults: RouterProof = async (stage) => {
  const { topology } = await stage.api.topology.get()
  const [blue, green] = stage.design.sides
  return breakAndMend(stage, { from: blue.portId, to: green.portId }, faultsOf(stage.design, topology))
}
