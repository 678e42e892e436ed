// One line for one packet. For the packet list: tags and tunnels from the outside in, then what the innermost frame
// carries, then what was wrong. `VXLAN 1507 │ 10.0.1.11 → 10.0.1.12 ICMP echo request id 17231 seq 1`.

import { type DissectedLayers, framesOf, payloadType, vlanIdsOf } from '../packet/dissection'
import type { HeaderShape, SeenEncapsulation } from '../packet/headers'
import { etherTypeName } from '../packet/layers/ether-type'
import type { MalformedParams, MalformedReason } from '../packet/malformed-params'
import { sayCoded, type Messages } from './message'
import { payloadText } from './payload'

export function summaryOf(walked: DissectedLayers): string {
  const frames = framesOf(walked)
  const inner = frames.at(-1)
  const wrappers = frames.flatMap((frame) => [...vlanIdsOf(frame).map(vlanText), ...(frame.vxlan ? [`VXLAN ${frame.vxlan.vni}`] : [])])
  const what = inner ? payloadText(inner, payloadType(inner)) : 'no Ethernet frame'
  return [...wrappers, `${what}${malformedText(walked.malformed)}`].join(' │ ')
}

function malformedText(malformed: DissectedLayers['malformed']): string {
  if (!malformed) return ''
  const { cause, layer, reason } = malformed
  return cause === 'cut' ? ` (${layer} cut by the capture)` : ` (malformed ${layer}: ${explainMalformed(reason)})`
}

const malformed: Messages<MalformedParams> = {
  'bytes-missing': ({ needed, there }) => `${needed} bytes are needed, ${there} are there`,
  version: ({ version, known }) => `the version is ${version}, not ${known}`,
  'header-short': ({ bytes }) => `a header of ${bytes} bytes is too short`,
  'length-inside-header': ({ length }) => `a total length of ${length} ends inside the header`,
  'length-beyond-frame': ({ length }) => `a total length of ${length} reaches beyond the frame`,
  'datagram-short': ({ length }) => `a length of ${length} is shorter than the header`,
  'option-without-length': ({ option }) => `${option === null ? 'a discovery option' : `option ${option}`} has no length`,
  'other-arp': () => 'only ARP for IPv4 over Ethernet is known',
  'no-vni': () => 'the flag for a valid VNI is not set',
  'no-dhcp-options': () => 'no DHCP options follow',
  'endless-name': () => 'a name runs out of the message or points forward',
  'other-link': ({ linkType }) => `link type ${linkType} is not Ethernet`,
  'many-headers': ({ most }) => `more than ${most} headers`,
  'many-tunnels': ({ most }) => `more than ${most} tunnels`,
}

export const explainMalformed = (reason: MalformedReason): string => sayCoded(malformed, reason)

/** `802.1Q 120 │ fa:16:3e:… → fa:16:3e:… IPv4 10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3` */
export function describeHeader(shape: HeaderShape): string {
  const { source, destination, type } = shape.ethernet
  const payload = payloadText(shape, type)
  const what = shape.ipv4 || shape.ipv6 ? `${etherTypeName(type)} ${payload}` : payload
  const inside = [...shape.innerVlanIds.map(vlanText), ...shape.innerVnis.map((vni) => `VXLAN ${vni}`)]
  return [describeEncapsulation(shape.encapsulation), ...inside, `${source} → ${destination} ${what}`].join(' │ ')
}

/** `untagged`, `802.1Q 120`, `VXLAN 1507 192.168.150.11 → 192.168.150.12` */
export function describeEncapsulation(encapsulation: SeenEncapsulation): string {
  if (encapsulation === 'untagged') return 'untagged'
  if (encapsulation.kind === 'dot1q') return vlanText(encapsulation.vlanId)
  const { vni, outerSource, outerDestination, outerVlanIds } = encapsulation
  return [...outerVlanIds.map(vlanText), `VXLAN ${vni} ${outerSource} → ${outerDestination}`].join(' │ ')
}

function vlanText(vlanId: number): string {
  return `802.1Q ${vlanId}`
}
