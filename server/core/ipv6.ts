// IPv6 as text. ipaddr.js parses it, with one form put right.

import ipaddr from 'ipaddr.js'

const DOTTED_END = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/

/** Of what is one. ipaddr.js takes `::3.0.0.0` for `::ffff:3.0.0.0`. */
export function parseIpv6(text: string): ipaddr.IPv6 {
  const [, head, ...octets] = DOTTED_END.exec(text) ?? []
  if (head === undefined) return ipaddr.IPv6.parse(text)
  const [a = '', b = '', c = '', d = ''] = octets.map((octet) => Number(octet).toString(16).padStart(2, '0'))
  return ipaddr.IPv6.parse(`${head}${a}${b}:${c}${d}`)
}
