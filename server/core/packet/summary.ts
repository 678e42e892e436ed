// One line for one packet, for the packet list: tags and tunnels from the outside in, then what the innermost frame
// carries, then what was wrong. `VXLAN 1507 │ 10.0.1.11 → 10.0.1.12 ICMP echo request id 17231 seq 1`.

import { type DissectedLayers, framesOf, payloadType, vlanIdsOf } from './dissection'
import { payloadText } from './payload-text'

export function summaryOf(walked: DissectedLayers): string {
  const frames = framesOf(walked)
  const inner = frames.at(-1)
  const wrappers = frames.flatMap((frame) => [
    ...vlanIdsOf(frame).map((vlanId) => `802.1Q ${vlanId}`),
    ...(frame.vxlan ? [`VXLAN ${frame.vxlan.vni}`] : []),
  ])
  const what = inner ? payloadText(inner, payloadType(inner)) : 'no Ethernet frame'
  return [...wrappers, `${what}${malformedText(walked.malformed)}`].join(' │ ')
}

function malformedText(malformed: DissectedLayers['malformed']): string {
  if (!malformed) return ''
  const { cause, layer, reason } = malformed
  return cause === 'cut' ? ` (${layer} cut by the capture)` : ` (malformed ${layer}: ${reason})`
}
