// Who else is in a network: what a host must know to send frames by a tunnel.

import { oncePer } from '../once-per'
import { presenceOf } from '../topology/presence'
import type { Host, Tunnel } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { HostScope } from './scope'

/** A port of a network on another host, which is reached by a tunnel. One that stands on many hosts comes once for each. */
export interface RemotePort {
  readonly port: Port
  readonly host: Host & { readonly tunnel: Tunnel }
  /**
   * It stands on no other host: frames for its MAC address go there. What is distributed is never told by MAC
   * (docs/reference/tunnel-bridge.md).
   */
  readonly isOnlyThere: boolean
}

export function remotePorts(scope: HostScope, networkId: Network['id']): readonly RemotePort[] {
  return remoteIn(scope)(networkId)
}

/** Three features ask for those of each network. */
const remoteIn = oncePer((scope: HostScope) => {
  const known = new Map<string, readonly RemotePort[]>()
  return (networkId: string) => {
    const remote = known.get(networkId) ?? findRemote(scope, networkId)
    known.set(networkId, remote)
    return remote
  }
})

function findRemote({ topology, host: own }: HostScope, networkId: string): readonly RemotePort[] {
  const presence = presenceOf(topology)
  const used = presence.portsOfNetwork(networkId).filter(({ deviceOwner }) => deviceOwner !== '')
  return used.flatMap((port) => {
    const hosts = presence.hostsWith(port)
    const isOnlyThere = hosts.length === 1
    return hosts.flatMap((host) => (host.id !== own.id && isReachable(host) ? [{ port, host, isOnlyThere }] : []))
  })
}

const isReachable = (host: Host): host is RemotePort['host'] => host.isPrepared && host.tunnel !== null
