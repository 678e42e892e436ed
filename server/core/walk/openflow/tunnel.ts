// Tunnel ports: the key and addresses with which a packet leaves by one, from the port's options and, where these say `flow`, from
// the packet (tnl_port_send of ofproto/tunnel.c); and with which it came in by one.

import { slotOf } from './layout'
import type { Packet } from './packet'
import { ipv4At, ipv6At, putIpv4, putIpv6 } from './packet-frame'
import type { SwitchPort } from './switch'
import type { TunnelKey } from './visit'

/** Carries, or may carry, packets without an Ethernet header (netdev_get_pt_mode). */
export function isLayer3({ row }: Pick<SwitchPort, 'row'>): boolean {
  const { type = '', options = {} } = row?.interface ?? {}
  return LAYER_3.has(type) || (options['packet_type'] ?? 'legacy_l2') !== 'legacy_l2'
}

const LAYER_3 = new Set(['lisp', 'gtpu', 'bareudp'])

export function tunnelKeyOf(packet: Packet, { row }: Pick<SwitchPort, 'row'>): TunnelKey {
  const { type = '', options = {} } = row?.interface ?? {}
  const key = options['out_key'] ?? options['key'] ?? '0'
  const tunnelId = key === 'flow' ? tunnelIdOf(packet) : keyOf(key)
  return {
    tunnelId: tunnelId === null ? null : Number(BigInt.asUintN(KEY_BITS[type] ?? 64, tunnelId)),
    source: addressOf(packet, options['local_ip'], 'tun_src', 'tun_ipv6_src'),
    destination: addressOf(packet, options['remote_ip'], 'tun_dst', 'tun_ipv6_dst'),
  }
}

/** Read as C reads numbers: one that begins with 0 is octal (parse_key of lib/netdev-vport.c). */
const keyOf = (key: string): bigint => BigInt((/^(?:0x[0-9a-f]+|0[0-7]*|[1-9]\d*)/i.exec(key)?.[0] ?? '0').replace(/^0(?=\d)/, '0o'))

/** What of a key there is room for on the wire. */
const KEY_BITS: Readonly<Record<string, number>> = { vxlan: 24, geneve: 24, gre: 32, ip6gre: 32, gtpu: 32 }

function tunnelIdOf(packet: Packet): bigint | null {
  const slot = slotOf('tun_id')
  const { value, unknown } = packet.take(slot, 0, slot.bits)
  return unknown === 0n ? value : null
}

/** null: none is given. */
function addressOf(packet: Packet, option: string | undefined, ipv4: string, ipv6: string): string | null {
  if (option !== 'flow') return option ?? null
  const [four, six] = [ipv4At(packet, ipv4), ipv6At(packet, ipv6)]
  if (four !== '0.0.0.0') return four
  return six === '::' ? null : six
}

/** What the switch notes beside a packet that a tunnel port received. */
export function putTunnelKey(packet: Packet, { tunnelId, source, destination }: TunnelKey): void {
  const slot = slotOf('tun_id')
  packet.put(slot, 0, slot.bits, { value: BigInt(tunnelId ?? 0), unknown: tunnelId === null ? -1n : 0n, assumed: 0n })
  putAddress(packet, source, 'tun_src', 'tun_ipv6_src')
  putAddress(packet, destination, 'tun_dst', 'tun_ipv6_dst')
}

/** An output by a tunnel that is lost leaves behind what its port fixes; one that leaves does not (compose_output_action__). */
export const keepTunnelKey = (packet: Packet, { tunnelId, source, destination }: TunnelKey): void =>
  putTunnelKey(packet, { tunnelId, source: source ?? '0.0.0.0', destination: destination ?? '0.0.0.0' })

function putAddress(packet: Packet, address: string | null, ipv4: string, ipv6: string): void {
  if (address === null) for (const name of [ipv4, ipv6]) packet.mark('unknown', name)
  else if (address.includes(':')) putIpv6(packet, ipv6, address)
  else putIpv4(packet, ipv4, address)
}
