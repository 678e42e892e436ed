// BPF filters for the points of a path: narrow enough that a busy NIC does not fill the capture, wide enough that a frame
// with a wrong tag or VNI is still caught, since that is what a verification looks for. Never matches an SSH session.
//
// `vlan` moves the offsets of everything behind it (pcap-filter(7)), so it comes last. Inner headers of VXLAN are reached
// by offset: udp[0:8] UDP, udp[8:8] VXLAN, then the frame: destination udp[16:6], source udp[22:6], type udp[28:2].

import { UNHEARD_MAC } from '../walk/frame'

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/

/**
 * `macs` are those of the two endpoints; frames keep them on the whole way. `addresses` are theirs too: ARP that claims one of them is
 * caught from whatever MAC, since a second machine with that address is a finding. `outside`: addresses of whom no MAC is certain.
 */
export function captureFilter(
  isTunnelled: boolean,
  macs: readonly string[],
  addresses: readonly string[] = [],
  outside: readonly string[] = [],
): string {
  const known = macs.filter((mac) => MAC.test(mac) && mac !== UNHEARD_MAC).map((mac) => mac.toLowerCase())
  const claimed = addresses.filter((address) => IPV4.test(address)).map(toHex)
  if (known.length === 0) return isTunnelled ? 'udp port 4789' : PING
  return isTunnelled
    ? tunnelFilter(known, claimed)
    : plainFilter(
        known,
        claimed,
        outside.filter((address) => IPV4.test(address)),
      )
}

const toHex = (address: string): string =>
  `0x${address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`
const anyOf = (terms: readonly string[]): string => terms.join(' or ')

/** Whatever tag it has: a wrong one is a finding. */
const PING = 'arp or icmp or (vlan and (arp or icmp))'

function plainFilter(macs: readonly string[], addresses: readonly string[], outside: readonly string[]): string {
  const own = `(${anyOf(macs.map((mac) => `ether src ${mac}`))}) and (${PING})`
  if (addresses.length === 0) return own
  const claims = `arp and (${anyOf(addresses.map((address) => `arp[14:4]=${address}`))})`
  const untagged = `(${anyOf(macs.map((mac) => `ether src ${mac}`))}) and (arp or icmp)`
  const terms = [untagged, claims, ...(outside.length > 0 ? [`icmp and (${anyOf(outside.map((address) => `src host ${address}`))})`] : [])]
  const wanted = anyOf(terms.map((term) => `(${term})`))
  return `${wanted} or (vlan and (${wanted}))`
}

/** The sender's address of ARP is 14 bytes into it (RFC 826), behind the inner Ethernet header. */
function tunnelFilter(macs: readonly string[], addresses: readonly string[]): string {
  const sources = macs.map((mac) => {
    const digits = mac.replaceAll(':', '')
    return `(udp[22:4]=0x${digits.slice(0, 8)} and udp[26:2]=0x${digits.slice(8)})`
  })
  const isPing = 'udp[28:2]=0x0806 or (udp[28:2]=0x0800 and udp[39]=1)'
  const own = `(${anyOf(sources)}) and (${isPing})`
  if (addresses.length === 0) return `udp port 4789 and ${own}`
  return `udp port 4789 and ((${own}) or (udp[28:2]=0x0806 and (${anyOf(addresses.map((address) => `udp[44:4]=${address}`))})))`
}
