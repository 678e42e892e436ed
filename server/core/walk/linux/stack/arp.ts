// ARP as the kernel answers it (arp_process): for its own addresses as arp_ignore allows, and as proxy for what it routes out of another
// device. A reply that comes in is the end of a question.

import { delivered, dropped, unknown } from '../../ends'
import type { ArpPayload, Frame } from '../../frame'
import type { WalkEnd } from '../../walk-result'
import { isInPrefix, isMulticast, parsePrefix } from '../../address'
import { crossing, outlet, type ArrivalAt, type Crossing } from '../arrival'
import type { Host } from '../host'
import type { Found } from './routing'
import { forwards, settingOf, unreadSetting } from './settings'
import { whyImplausible, whyMartian, type SourceQuery } from './source-check'

const REQUEST = 1
const REPLY = 2

export function receiveArp(arrival: ArrivalAt<'stack-in'>, arp: ArpPayload): Crossing {
  const { host, link, packet } = arrival
  const place = { hostId: host.hostId, netns: link.netns, kind: 'stack', device: link.netns } as const
  const base = { inPort: link.name }
  if (link.observed?.unmodelled?.includes('noarp'))
    return crossing(place, { ...base, end: unknown('outside-model', { device: link.name, about: 'noarp' }) })
  if (arp.operation !== REQUEST) return crossing(place, { ...base, end: delivered('stack') })
  const end = whySilent(host, link.netns, link.name, arp)
  if (end) return crossing(place, { ...base, end })
  const answer = { at: 'transmit', host, link, packet: { ...packet, mark: 0, frame: arpReply(arp, link.macAddress ?? '') } } as const
  return crossing(place, { ...base, end: delivered('stack'), outlets: [outlet(answer, link.name)] })
}

export function arpReply({ senderMac, senderIp, targetIp }: ArpPayload, mac: string): Frame {
  const payload: ArpPayload = {
    kind: 'arp',
    operation: REPLY,
    senderMac: mac,
    senderIp: targetIp,
    targetMac: senderMac,
    targetIp: senderIp,
  }
  return { sourceMac: mac, destinationMac: senderMac, vlans: [], payload }
}

/** Why nobody answers here; null: an answer is sent. */
function whySilent(host: Host, netns: string, device: string, { senderIp, targetIp }: ArpPayload): WalkEnd | null {
  const asked: SourceQuery = { host, netns, inDevice: device, source: senderIp, destination: targetIp, outDevice: null, mark: 0 }
  if (isMulticast(targetIp) || targetIp === '255.255.255.255') return notForUs(asked)
  const isProbe = senderIp === '0.0.0.0'
  const martian = whyMartian(asked)
  if (martian && (!isProbe || targetIp.startsWith('127.'))) return martian
  return isProbe ? whySilentToProbe(asked) : whySilentToNeighbour(asked)
}

const notForUs = ({ inDevice, destination }: SourceQuery): WalkEnd => dropped('not-for-us', { address: destination, device: inDevice })

/** For a probe, which has no address of its own yet, it looks at its own addresses and at no route. */
const whySilentToProbe = (asked: SourceQuery): WalkEnd | null =>
  asked.host.routing(asked.netns).addressType(asked.destination) === 'LOCAL' ? whyIgnored(asked) : notForUs(asked)

/** What it would deliver it answers for, by whatever rule and table; for what it would forward it may stand in. */
function whySilentToNeighbour(asked: SourceQuery): WalkEnd | null {
  const { host, netns, inDevice, source, destination } = asked
  const found = host.routing(netns).lookup({ source, destination, inDevice, outDevice: null, mark: 0 })
  if ('hops' in found && found.type === 'local') return whyImplausible(asked) ?? whyIgnored(asked) ?? whyFiltered(asked)
  if ('end' in found && found.end.kind === 'unknown') return found.end
  const isForwarding = forwards(host, netns, inDevice)
  if (isForwarding === false || !('hops' in found) || found.type !== 'unicast') return notForUs(asked)
  return whyNoProxy(asked, found, isForwarding)
}

/** `isForwarding` is null where nobody read it. */
function whyNoProxy(asked: SourceQuery, { hops }: Found, isForwarding: boolean | null): WalkEnd | null {
  const { host, netns, inDevice, source, destination } = asked
  const isBack = hops.some(({ link }) => link === inDevice)
  // arp_fwd_pvlan
  if (isBack && source === destination) return notForUs(asked)
  const setting = isBack ? 'proxy_arp_pvlan' : 'proxy_arp'
  const isProxy = !isBack && host.isProxied(netns, inDevice, destination) ? 1 : settingOf(host, netns, setting, inDevice)
  if (isProxy === 0) return notForUs(asked)
  if (isProxy === null || isForwarding === null) return unreadSetting(netns, setting, inDevice)
  return whyImplausible({ ...asked, outDevice: hops[0]?.link ?? null })
}

/** arp_filter: it answers by the device that its own packets to the sender leave by. */
function whyFiltered({ host, netns, inDevice, source, destination }: SourceQuery): WalkEnd | null {
  const back = host.routing(netns).lookup({ source: destination, destination: source, inDevice: 'lo', outDevice: null, mark: 0 })
  if ('hops' in back && back.hops.every(({ link }) => link === inDevice)) return null
  const filters = settingOf(host, netns, 'arp_filter', inDevice)
  if (filters === 0) return null
  if (filters === null) return unreadSetting(netns, 'arp_filter', inDevice)
  return 'end' in back && back.end.kind === 'unknown'
    ? back.end
    : dropped('not-for-us', { address: destination, device: inDevice, arp_filter: filters })
}

const ONLY_OWN = 1
const ONLY_NEAR = 2
const NO_HOST_SCOPE = 3
const NEVER = 8

function whyIgnored({ host, netns, inDevice: device, source: senderIp, destination: targetIp }: SourceQuery): WalkEnd | null {
  const own = host.addresses(netns).find(({ link, cidr }) => link === device && cidr.split('/')[0] === targetIp)
  const ignore = settingOf(host, netns, 'arp_ignore', device)
  if (ignore === null) return own ? null : unreadSetting(netns, 'arp_ignore', device)
  const ignored = dropped('not-for-us', { address: targetIp, device, arp_ignore: ignore })
  if (ignore === NEVER || ((ignore === ONLY_OWN || ignore === ONLY_NEAR) && !own)) return ignored
  const near = own && parsePrefix(own.cidr)
  if (ignore === ONLY_NEAR && senderIp !== '0.0.0.0' && !(near && isInPrefix(senderIp, near))) return ignored
  const isHostScope = host.addresses(netns).some(({ cidr, scope }) => cidr.split('/')[0] === targetIp && scope === 'host')
  return ignore === NO_HOST_SCOPE && isHostScope ? ignored : null
}
