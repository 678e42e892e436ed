// The frames of one hop, forth and back, by what they wear there. Test support.

import { type Frame, VXLAN_PORT } from '../../walk/frame'
import { unicastFrame } from '../packets'
import type { Encapsulation, Endpoint, PathHop } from '../path'

type Ends = {
  readonly source: Pick<Endpoint, 'macAddress' | 'ipAddress'>
  readonly destination: Pick<Endpoint, 'macAddress' | 'ipAddress'>
}
type Frames = Pick<PathHop, 'in' | 'out' | 'captured'>

/** What `expectationsOf` takes. */
export function hopFrames({ source, destination }: Ends, encapsulation: Encapsulation): [forth: Frames, back: Frames] {
  const frames = (from: Ends['source'], to: Ends['source'], wears: Encapsulation): Frames => {
    const frame = dressed(unicastFrame({ endpoint: from }, { endpoint: to }), wears)
    return { in: frame, out: frame, captured: 'out' }
  }
  const turned =
    encapsulation.kind === 'vxlan'
      ? { ...encapsulation, source: encapsulation.destination, destination: encapsulation.source }
      : encapsulation
  return [frames(source, destination, encapsulation), frames(destination, source, turned)]
}

function dressed(frame: Frame, encapsulation: Encapsulation): Frame {
  if (encapsulation.kind === 'untagged') return frame
  if (encapsulation.kind !== 'vxlan')
    return { ...frame, vlans: [{ tpid: 0x8100, vlanId: 'vlan' in encapsulation ? encapsulation.vlan : encapsulation.vlanId, pcp: 0 }] }
  const { vni, source, destination } = encapsulation
  const transport = { kind: 'udp', sourcePort: 0, destinationPort: VXLAN_PORT, tunnelled: { vni, frame } } as const
  return { ...frame, payload: { kind: 'ipv4', source, destination, ttl: 64, tos: 0, protocol: 17, fragment: 'none', transport } }
}
