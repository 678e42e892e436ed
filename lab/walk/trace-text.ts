// A frame at a port → the words that `ovs-appctl ofproto/trace` takes for it (ovs-fields(7)). Tags beyond the first are payload, as
// Open vSwitch's own vlan-limit has them.

import type { SwitchEntry } from '@/server/core/walk/openflow/trace-switch'
import { etherTypeOf, type IpPayload, type Payload } from '@/server/core/walk/frame'

/** Without the bridge. `inPort` is the OpenFlow number. */
export function traceText({ frame, tunnel }: SwitchEntry, inPort: number): string {
  const [tag, hidden] = frame.vlans
  return [
    `in_port=${inPort}`,
    ...(tunnel ? [`tun_id=${tunnel.tunnelId}`, `tun_src=${tunnel.source}`, `tun_dst=${tunnel.destination}`] : []),
    `dl_src=${frame.sourceMac}`,
    `dl_dst=${frame.destinationMac}`,
    ...(tag ? [`dl_vlan=${tag.vlanId}`, `dl_vlan_pcp=${tag.pcp}`] : []),
    ...(hidden ? [`dl_type=0x${hidden.tpid.toString(16)}`] : payloadText(frame.payload)),
  ].join()
}

function payloadText(payload: Payload): string[] {
  switch (payload.kind) {
    case 'arp':
      return [
        `arp,arp_op=${payload.operation},arp_spa=${payload.senderIp},arp_tpa=${payload.targetIp}`,
        `arp_sha=${payload.senderMac},arp_tha=${payload.targetMac}`,
      ]
    case 'other':
      return [`dl_type=0x${etherTypeOf({ payload }).toString(16).padStart(4, '0')}`]
    default:
      return ipText(payload)
  }
}

function ipText(payload: IpPayload): string[] {
  const { kind, source, destination, protocol, tos, ttl, fragment } = payload
  const addresses = kind === 'ipv4' ? `ip,nw_src=${source},nw_dst=${destination}` : `ipv6,ipv6_src=${source},ipv6_dst=${destination}`
  const header = [addresses, `nw_proto=${protocol}`, `nw_tos=${tos & 0xfc}`, `nw_ecn=${tos & 3}`, `nw_ttl=${ttl}`]
  const parts = fragment === 'none' ? header : [...header, `nw_frag=${fragment}`]
  return fragment === 'later' ? parts : [...parts, ...transportText(payload)]
}

function transportText({ kind, transport }: IpPayload): string[] {
  switch (transport.kind) {
    case 'none':
      return []
    case 'icmp': {
      const { neighbour } = transport
      const word = kind === 'ipv4' ? 'icmp' : 'icmpv6'
      const own = [`${word}_type=${transport.type}`, `${word}_code=${transport.code}`]
      if (!neighbour) return own
      const link = neighbour.sourceMac ? [`nd_sll=${neighbour.sourceMac}`] : neighbour.targetMac ? [`nd_tll=${neighbour.targetMac}`] : []
      return [...own, `nd_target=${neighbour.target}`, ...link]
    }
    default: {
      const ports = [`${transport.kind}_src=${transport.sourcePort}`, `${transport.kind}_dst=${transport.destinationPort}`]
      return transport.kind === 'tcp' ? [...ports, `tcp_flags=0x${transport.flags.toString(16)}`] : ports
    }
  }
}
