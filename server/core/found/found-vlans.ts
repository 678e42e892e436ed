// The local VLAN of each network on a host that somebody else wired. The tag of a port may be the very fault that is looked for, so
// several witnesses are heard: the tags of all its ports, what the agent recorded beside them, and the flows that translate.

import { DEAD_VLAN } from '../host/ovs'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '../naming'
import type { HostView } from '../path/host-view'
import type { Network } from '../topology/kinds/network/network'
import type { LocalVlan } from '../topology/topology'
import type { FoundPort } from './found-port'
import { mostOf } from './most-of'

export function localVlansOf(view: HostView, found: readonly FoundPort[], networks: readonly Network[]): LocalVlan[] {
  const here = found.filter((each) => each.view === view)
  return networks.flatMap((network) => {
    const ports = here.filter(({ networkId }) => networkId === network.id)
    if (ports.length === 0) return []
    const votes = [...ports.flatMap(({ tags }) => tags), ...byTunnel(view, network), ...byProvider(view, network)].filter(
      (vlan) => vlan !== DEAD_VLAN,
    )
    const vlan = mostOf(votes)
    return vlan === null ? [] : [{ hostId: view.observation.hostId, networkId: network.id, vlan }]
  })
}

/** br-tun turns the VNI into the local VLAN (docs/reference/tunnel-bridge.md, table 4). */
function byTunnel(view: HostView, { type, segmentationId }: Network): number[] {
  if (type !== 'vxlan' || segmentationId === null) return []
  return translated(view, TUNNEL_BRIDGE, (terms) => terms.includes(`tun_id=0x${segmentationId.toString(16)}`))
}

/** br-int turns the VLAN id of a provider bridge into it (docs/reference/integration-bridge.md, table 0, priority 3). */
function byProvider(view: HostView, { type, segmentationId }: Network): number[] {
  if (type !== 'vlan' || segmentationId === null) return []
  const isFromProvider = (terms: readonly string[]) =>
    terms.some((term) => term.startsWith('in_port=int-')) && terms.includes(`dl_vlan=${segmentationId}`)
  return translated(view, INTEGRATION_BRIDGE, isFromProvider)
}

function translated(view: HostView, bridge: string, isWanted: (terms: readonly string[]) => boolean): number[] {
  return view.flowsOf(bridge).flatMap(({ match, actions }) => {
    const vlan = isWanted(match.split(',')) ? /(?:^|,)mod_vlan_vid:(\d+)/.exec(actions)?.[1] : undefined
    return vlan === undefined ? [] : [Number(vlan)]
  })
}
