// The wires between hosts, and what is behind them: where a walk leaves what one host knows. Of somebody outside it is known at most which MAC he has
// been heard with, and that he answers for what is nobody's here.

import { delivered, left } from '../ends'
import type { Fleet, OutsideSegment, WireEnd } from '../fleet'
import { DOT1Q, isGroupMac, UNHEARD_MAC, type Frame } from '../frame'
import type { Place } from '../walk-result'
import { crossing, outlet, type ArrivalAt, type Crossing, type Outlet, type Packet } from './arrival'
import type { Context } from './context'
import { arpReply } from './stack/arp'

export function crossWire({ host, link, packet }: ArrivalAt<'wire'>, { fleet }: Context): Crossing {
  const place: Place = { hostId: null, netns: '', kind: 'wire', device: link.name }
  const ends = fleet.hearersOf(host, link)
  if (!ends) return crossing(place, { end: left('unknown-wire', { host: host.hostId, device: link.name }) })
  const segment = fleet.outsideOf(host, link, packet.frame)
  if (segment && isOf(segment, packet.frame.destinationMac)) return crossing(outsidePlace(segment), { end: delivered('outside') })
  const { outlets, isWhole } = heardBy(fleet, ends, packet)
  const answer = segment && answerOf(segment, packet.frame)
  return crossing(place, {
    outlets: answer ? [...outlets, outlet({ at: 'receive', host, link, packet: { frame: answer, mark: 0 } })] : outlets,
    end: isWhole ? null : left('unread-host', { host: host.hostId, device: link.name }),
  })
}

/** `packet`: with the tag of the segment. */
export function leaveOutside({ segment, packet }: ArrivalAt<'outside-out'>, { fleet }: Context): Crossing {
  const { outlets, isWhole } = heardBy(fleet, segment.ends, packet)
  return crossing(outsidePlace(segment), { outlets, end: isWhole ? null : left('unread-host', { host: '', device: segment.name }) })
}

const outsidePlace = ({ name }: OutsideSegment): Place => ({ hostId: null, netns: '', kind: 'outside', device: name })

/** A frame to a MAC that somebody has goes to him only, as behind a switch. */
function heardBy(
  fleet: Fleet,
  ends: readonly WireEnd[],
  packet: Packet,
): { readonly outlets: readonly Outlet[]; readonly isWhole: boolean } {
  const { destinationMac } = packet.frame
  const owners = isGroupMac(destinationMac) ? [] : ends.filter(({ hostId }) => fleet.hasMac(hostId, destinationMac))
  const found = (owners.length > 0 ? owners : ends).map((end) => {
    const other = fleet.hosts.get(end.hostId)
    const device = other?.link(end.netns ?? '', end.device)
    return other && device
      ? outlet({ at: 'receive', host: other, link: device, packet: { ...packet, mark: 0 } }, `${end.hostId}/${end.device}`)
      : null
  })
  const outlets = found.filter((each) => each !== null)
  return { outlets, isWhole: outlets.length === found.length }
}

const isOf = ({ macs }: OutsideSegment, mac: string): boolean => mac === UNHEARD_MAC || [...macs.values()].includes(mac)

/** Somebody has what is nobody's here, or so it is taken: nothing else can be known of him. */
function answerOf(segment: OutsideSegment, { payload }: Frame): Frame | null {
  if (payload.kind !== 'arp' || payload.operation !== 1 || segment.isOurs(payload.targetIp)) return null
  return tagged(segment, arpReply(payload, macOf(segment, payload.targetIp)))
}

export const macOf = ({ macs }: OutsideSegment, address: string): string => macs.get(address) ?? UNHEARD_MAC

export const tagged = ({ vlanId }: OutsideSegment, frame: Frame): Frame => ({
  ...frame,
  vlans: vlanId === null ? [] : [{ tpid: DOT1Q, vlanId, pcp: 0 }],
})
