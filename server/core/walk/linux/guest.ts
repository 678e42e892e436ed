// A VM behind its tap.

import { delivered, dropped, unknown } from '../ends'
import { isGroupMac } from '../frame'
import type { Place, WalkEnd } from '../walk-result'
import { crossing, outlet, type ArrivalAt, type Crossing } from './arrival'
import type { Context } from './context'
import { arpReply } from './stack/arp'

export function enterGuest({ host, link, packet: { frame } }: ArrivalAt<'guest-in'>, { fleet }: Context): Crossing {
  const domain = host.guestOf(link)?.domain
  const place: Place = { hostId: host.hostId, netns: '', kind: 'guest', device: domain?.uuid ?? link.name }
  const end = (why: WalkEnd) => crossing(place, { inPort: link.name, end: why })
  if (domain && !domain.isRunning) return end(dropped('no-carrier', { device: link.name }))
  const guests = fleet.guestsAt(host, link, frame.vlans[0]?.vlanId)
  // Whether a guest looks at a tag, it alone knows.
  if (guests.length === 0)
    return end(
      domain && frame.vlans.length > 0
        ? delivered('guest')
        : unknown(host.unread('domains') === null ? 'outside-model' : 'unread', { device: link.name, about: 'domain' }),
    )
  const { payload, destinationMac, vlans } = frame
  const asked = guests.find(
    ({ ipAddresses }) => payload.kind === 'arp' && payload.operation === 1 && ipAddresses?.includes(payload.targetIp),
  )
  if (!isGroupMac(destinationMac) && !guests.some(({ macAddress }) => macAddress === destinationMac))
    return end(dropped('not-for-us', { device: link.name, mac: destinationMac }))
  if (!asked || payload.kind !== 'arp') return end(delivered('guest'))
  const answer = { ...arpReply(payload, asked.macAddress), vlans }
  return { ...end(delivered('guest')), outlets: [outlet({ at: 'guest-out', host, link, packet: { frame: answer, mark: 0 } })] }
}

export function leaveGuest({ host, link, packet }: ArrivalAt<'guest-out'>): Crossing {
  const place: Place = { hostId: host.hostId, netns: '', kind: 'guest', device: host.guestOf(link)?.domain.uuid ?? link.name }
  return crossing(place, { outlets: [outlet({ at: 'receive', host, link, packet }, link.name)] })
}
