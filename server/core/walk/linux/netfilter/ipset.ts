// Is a packet in an ipset: `-m set --match-set NAME src,dst`. hash:ip, hash:net and hash:net,iface, which Neutron uses; of other
// types, and of sets that nobody read, it is not known.

import type { Ipset } from '../../../host/ipset'
import type { IpPayload } from '../../frame'
import { isInPrefix, parsePrefix } from '../../address'

interface Devices {
  readonly inDevice: string | null
  readonly outDevice: string | null
}

export function isInIpset(set: Ipset | undefined, fields: readonly string[], ip: IpPayload | null, devices: Devices): boolean | null {
  if (!set || !ip || !['hash:ip', 'hash:net', 'hash:net,iface'].includes(set.type)) return null
  const address = fields[0] === 'src' ? ip.source : ip.destination
  const device = fields[1] === 'src' ? devices.inDevice : devices.outDevice
  const isWithDevice = set.type === 'hash:net,iface'
  if (isWithDevice && set.entries.some((entry) => entry.includes('physdev:'))) return null
  const found = set.entries
    .map(parseEntry)
    .filter((entry) => entry.prefix !== null && isInPrefix(address, entry.prefix) && (!isWithDevice || entry.device === device))
    // The most specific entry answers, so that `nomatch` takes a part out of a larger one.
    .sort((left, right) => (right.prefix?.length ?? 0) - (left.prefix?.length ?? 0))[0]
  return found !== undefined && !found.isExcluded
}

/** `10.0.1.0/24`, `10.0.1.0/24,eth0`, `10.0.1.7 nomatch` */
function parseEntry(text: string) {
  const [element = '', ...options] = text.split(' ')
  const [address = '', device = null] = element.split(',')
  return { prefix: parsePrefix(address), device, isExcluded: options.includes('nomatch') }
}
