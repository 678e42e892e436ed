// device_id of a DHCP port, as Neutron's get_dhcp_agent_device_id builds it: dhcp<uuid5 of the short host name>-<network id>.

import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** RFC 4122 appendix C. */
const NAMESPACE_DNS = hexToBytes('6ba7b8109dad11d180b400c04fd430c8')
/** Neutron's word for a DHCP port that no host serves at the moment. */
export const RESERVED_DHCP_PORT = 'reserved_dhcp_port'

export function dhcpDeviceId(hostName: string, networkId: string): string {
  const shortName = hostName.split('.')[0] ?? hostName
  return `dhcp${uuid5Dns(shortName)}-${networkId}`
}

export function uuid5Dns(name: string): string {
  const digest = sha1(concatBytes(NAMESPACE_DNS, utf8ToBytes(name))).slice(0, 16)
  digest[6] = (digest[6]! & 0x0f) | 0x50
  digest[8] = (digest[8]! & 0x3f) | 0x80
  return bytesToHex(digest).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
