// Is a packet with this source plausible on the device that it came by (fib_validate_source, rp_filter).

import { isInPrefix, isMulticast } from '../../address'
import type { Host } from '../host'
import { dropped, unknown } from '../../ends'
import type { WalkEnd } from '../../walk-result'
import { settingOf } from './settings'

export interface SourceQuery {
  readonly host: Host
  readonly netns: string
  readonly inDevice: string
  readonly source: string
  readonly destination: string
  /** Where it would go; null: to the stack itself. */
  readonly outDevice: string | null
  readonly mark: number | null
}

const STRICT = 1

export function whyImplausible({ host, netns, inDevice, source, destination, outDevice, mark }: SourceQuery): WalkEnd | null {
  const routing = host.routing(netns)
  if (routing.addressType(source) === 'LOCAL') return dropped('martian', { source, device: inDevice })
  if (source === '0.0.0.0') return null
  const back = routing.lookup({
    source: destination,
    destination: source,
    inDevice: outDevice ?? 'lo',
    outDevice: null,
    mark: settingOf(host, netns, 'src_valid_mark', inDevice) ? mark : 0,
  })
  const isBack = 'hops' in back && back.type === 'unicast'
  if (isBack && back.hops.some(({ link }) => link === inDevice)) return null
  // A broadcast address: where the kernel asks its tables at all, it is no source, whatever the filter.
  const isLooked = routing.hasOwnRules || (outDevice === inDevice && settingOf(host, netns, 'send_redirects', inDevice) !== 0)
  if ('hops' in back && !isBack && isLooked) return dropped('martian', { source, device: inDevice })
  const filter = settingOf(host, netns, 'rp_filter', inDevice)
  if (filter === 0 || (filter !== null && filter !== STRICT && isBack && hasAddress(host, netns, inDevice))) return null
  if ('end' in back && back.end.kind === 'unknown') return back.end
  return filter === null
    ? unknown('unread', { netns, about: `net/ipv4/conf/${inDevice}/rp_filter` })
    : dropped('rp-filter', { source, device: inDevice })
}

/** Where a device has none, loose is strict (no_addr). */
const hasAddress = (host: Host, netns: string, device: string): boolean =>
  host.addresses(netns).some(({ link, cidr }) => link === device && !cidr.includes(':'))

const LOOPBACK = { address: '127.0.0.0', length: 8 }
const THIS_NETWORK = { address: '0.0.0.0', length: 8 }

/** ip_route_input_slow: addresses that no packet on a wire may have. */
export function whyMartian(source: string, destination: string): WalkEnd | null {
  const isBroadcast = destination === '255.255.255.255'
  const isWrongSource =
    isMulticast(source) ||
    source === '255.255.255.255' ||
    isInPrefix(source, LOOPBACK) ||
    (isInPrefix(source, THIS_NETWORK) && !(source === '0.0.0.0' && isBroadcast))
  const isWrongDestination = isInPrefix(destination, LOOPBACK) || isInPrefix(destination, THIS_NETWORK)
  return isWrongSource || isWrongDestination ? dropped('martian', { source, destination }) : null
}
