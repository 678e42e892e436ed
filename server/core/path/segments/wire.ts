// The stretch between two hosts that belongs to neither: nothing can be read there, the NICs on both sides tell.

import { findById } from '../../topology/find'
import { wireOf } from '../../topology/wire'
import type { Crossing } from '../crossing'
import { type HopDraft, noProof } from '../hop'
import type { PathSide } from '../path-side'
import { dot1q, wireWord } from './provider-segment'
import { vxlan } from './tunnel-segment'

export function wireSegment(side: PathSide, crossing: Exclude<Crossing, { kind: 'same-host' }>): HopDraft {
  const isTunnel = crossing.kind === 'tunnel'
  const device = isTunnel ? 'underlay' : physicalNetworkName(side)
  return {
    id: `-/wire/${device}/middle`,
    hostId: null,
    hostName: null,
    lane: 'wire',
    netns: '',
    device,
    detail: isTunnel ? `VNI ${crossing.vni}, ${crossing.localAddress} → ${crossing.remoteAddress}` : wireWord(crossing.vlanId),
    encapsulation: isTunnel ? vxlan(crossing, 'source') : dot1q(crossing.vlanId),
    translationFlowKey: null,
    proof: noProof('Between the hosts: what one NIC sends and the other receives has crossed it'),
    intent: side.hasDesign ? 'agrees' : 'unchecked',
    host: 'unchecked',
    finding: null,
    counters: null,
  }
}

/** The one whose wire it is: an inner cloud has none. */
function physicalNetworkName({ topology, network }: PathSide): string {
  const physicalNetwork = findById(topology.physicalNetworks, network.physicalNetworkId)
  return physicalNetwork ? wireOf(topology, physicalNetwork).name : 'physical network'
}
