// BPF filters for the points of a path: narrow enough that a busy NIC does not fill the capture, wide enough that a frame
// with a wrong tag or VNI is still caught, since that is what a verification looks for. Never matches an SSH session.
//
// `vlan` moves the offsets of everything behind it (pcap-filter(7)), so it comes last. Inner headers of VXLAN are reached
// by offset: udp[0:8] UDP, udp[8:8] VXLAN, then the frame: destination udp[16:6], source udp[22:6], type udp[28:2].

import type { Encapsulation } from './path'

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i

/** `macs` are those of the two endpoints; frames keep them on the whole way. */
export function captureFilter(encapsulation: Encapsulation, macs: readonly string[]): string {
  const known = macs.filter((mac) => MAC.test(mac)).map((mac) => mac.toLowerCase())
  if (known.length === 0) return encapsulation.kind === 'vxlan' ? 'udp port 4789' : PING
  return encapsulation.kind === 'vxlan' ? tunnelFilter(known) : `(${known.map((mac) => `ether src ${mac}`).join(' or ')}) and (${PING})`
}

/** Whatever tag it has: a wrong one is a finding. */
const PING = 'arp or icmp or (vlan and (arp or icmp))'

function tunnelFilter(macs: readonly string[]): string {
  const sources = macs.map((mac) => {
    const digits = mac.replaceAll(':', '')
    return `(udp[22:4]=0x${digits.slice(0, 8)} and udp[26:2]=0x${digits.slice(8)})`
  })
  const isPing = 'udp[28:2]=0x0806 or (udp[28:2]=0x0800 and udp[39]=1)'
  return `udp port 4789 and (${sources.join(' or ')}) and (${isPing})`
}
