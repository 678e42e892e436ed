// The link-local address that a VM's NIC gives itself.

import ipaddr from 'ipaddr.js'

/** fe80::/64 address from the MAC by modified EUI-64 (RFC 4291 appendix A). */
export function linkLocal(mac: string): string {
  const [a, b, c, d, e, f] = mac.split(':').map((octet) => Number.parseInt(octet, 16)) as [number, number, number, number, number, number]
  const groups = [0xfe80, 0, 0, 0, ((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f]
  return new ipaddr.IPv6(groups).toString()
}
