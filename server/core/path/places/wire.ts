// The stretch between two hosts that belongs to neither: nothing can be read there, the NICs on both sides tell.

import { findById } from '../../topology/find'
import { wireOf } from '../../topology/wire'
import { type HopFacts, noProof } from '../hop'
import { tunnelOf } from '../packets'
import { type PathSide, wireVlan } from '../path-side'
import type { Stop } from '../stop'

export function wire({ side, in: frame }: Stop): HopFacts {
  const tunnel = tunnelOf(frame)
  return {
    device: tunnel ? 'underlay' : physicalNetworkName(side),
    detail: tunnel
      ? { code: 'tunnel', params: { vni: tunnel.vni, source: tunnel.source, destination: tunnel.destination } }
      : { code: 'wire-tag', params: { vlan: wireVlan(side.network) } },
    proof: noProof({ code: 'between-hosts', params: {} }),
    isObservable: false,
    counters: null,
  }
}

/** The one whose wire it is: an inner cloud has none. */
function physicalNetworkName({ topology, network }: PathSide): string {
  const physicalNetwork = findById(topology.physicalNetworks, network.physicalNetworkId)
  return physicalNetwork ? wireOf(topology, physicalNetwork).name : 'wire'
}
