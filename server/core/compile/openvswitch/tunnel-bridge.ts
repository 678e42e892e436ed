// br-tun: the base pipeline of docs/reference/tunnel-bridge.md, and one vxlan port per remote host that shares a VXLAN network with this
// one. Unlike a flood mesh, ports appear on demand and unicast is populated (as with l2population), because the console knows every port;
// there is no ARP responder, so that a ping proves the far end is really there.

import type { HostState } from '../../host/host-state'
import { PATCH_INT, PATCH_TUN, TUNNEL_BRIDGE, cookieOf, vxlanPortName, type Owner } from '../../naming'
import type { Host } from '../../topology/kinds/host/host'
import { flowWriter, goto, TUN } from './flows'
import { patchPort, secureBridge } from './integration-bridge'
import { tunnelledNetworks } from '../routed-networks'
import { remotePorts } from '../remote-ports'
import type { HostScope } from '../scope'
import { routesBeyond } from '../underlay-routes'
import { vxlanPort } from './vxlan-port'

const UNICAST = 'dl_dst=00:00:00:00:00:00/01:00:00:00:00:00'
const MULTICAST = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00'
/** Seconds that a learned entry lives (Neutron's LEARN flow). */
const LEARN_TIMEOUT = 300

export function compileTunnelBridge(scope: HostScope): Partial<HostState> {
  if (!scope.host.tunnel) return {}
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const peers = tunnelPeers(scope)
  const addresses = peers.flatMap(({ tunnel }) => tunnel?.address ?? [])
  return {
    routes: routesBeyond(scope.host, addresses),
    ovsBridges: [secureBridge(TUNNEL_BRIDGE, owner, scope)],
    ovsPorts: [
      patchPort(TUNNEL_BRIDGE, PATCH_INT, PATCH_TUN, owner),
      ...peers.map((peer) => vxlanPort(scope.host, peer.tunnel!.address, owner)),
    ],
    flows: [...baseFlows(scope, owner), ...peers.map((peer) => peerFlow(scope, peer, owner))],
  }
}

function baseFlows(scope: HostScope, owner: Owner) {
  const flow = flowWriter(scope, TUNNEL_BRIDGE, owner)
  const drop = (table: number) => flow({ table, priority: 0, actions: 'drop' })
  return [
    flow({
      table: TUN.local,
      priority: 1,
      match: `in_port=${PATCH_INT}`,
      actions: goto(tunnelledNetworks(scope).length > 0 ? TUN.routed : TUN.patch),
    }),
    drop(TUN.local),
    flow({ table: TUN.patch, priority: 0, match: UNICAST, actions: goto(TUN.unicast) }),
    flow({ table: TUN.patch, priority: 0, match: MULTICAST, actions: goto(TUN.flood) }),
    drop(TUN.gre),
    drop(TUN.vxlan),
    drop(TUN.geneve),
    flow({ table: TUN.learn, priority: 1, actions: learnActions(owner) }),
    flow({ table: TUN.unicast, priority: 0, actions: goto(TUN.flood) }),
    flow({ table: TUN.arpResponder, priority: 0, actions: goto(TUN.flood) }),
    drop(TUN.flood),
  ]
}

/** Learns the sender's MAC towards the port it came from, as br_tun.py writes it. */
function learnActions(owner: Owner): string {
  const learned = [
    `table=${TUN.unicast}`,
    `hard_timeout=${LEARN_TIMEOUT}`,
    'priority=1',
    `cookie=${cookieOf(owner)}`,
    'NXM_OF_VLAN_TCI[0..11]',
    'NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[]',
    'load:0->NXM_OF_VLAN_TCI[]',
    'load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[]',
    'output:OXM_OF_IN_PORT[]',
  ]
  return `learn(${learned.join(',')}),output:${PATCH_INT}`
}

function peerFlow(scope: HostScope, peer: Host, owner: Owner) {
  const flow = flowWriter(scope, TUNNEL_BRIDGE, owner)
  const port = vxlanPortName(peer.tunnel!.address)
  return flow({ table: TUN.local, priority: 1, match: `in_port=${port}`, actions: goto(TUN.vxlan) })
}

/** Hosts with a tunnel that have a port in one of this host's VXLAN networks. */
function tunnelPeers(scope: HostScope): readonly Host[] {
  const networkIds = scope.networks.filter((network) => network.type === 'vxlan').map((network) => network.id)
  const ids = new Set(networkIds.flatMap((id) => remotePorts(scope, id).map(({ host }) => host.id)))
  return scope.topology.hosts.filter((host) => ids.has(host.id))
}
