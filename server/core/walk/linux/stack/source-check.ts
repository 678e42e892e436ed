// Is a packet with this source plausible on the device that it came by (fib_validate_source, rp_filter).

import { isInPrefix, isMulticast } from '../../address'
import type { Host } from '../host'
import { dropped } from '../../ends'
import type { WalkEnd } from '../../walk-result'
import { settingOf, unreadSetting } from './settings'

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
  if (source === '0.0.0.0') return null
  const looksAtMark = settingOf(host, netns, 'src_valid_mark', inDevice)
  const back = routing.lookup({
    source: destination,
    destination: source,
    inDevice: outDevice ?? 'lo',
    outDevice: null,
    mark: looksAtMark === 1 ? mark : looksAtMark === 0 || mark === 0 ? 0 : null,
  })
  const filter = settingOf(host, netns, 'rp_filter', inDevice)
  // Where it does not, it looks at the addresses alone.
  const asksTables =
    filter !== 0 || routing.hasOwnRules || (outDevice === inDevice && settingOf(host, netns, 'send_redirects', inDevice) !== 0)
  const isOwn = asksTables ? 'hops' in back && back.type === 'local' : hasAddress(host, netns, (cidr) => cidr.split('/')[0] === source)
  const accepts = isOwn ? settingOf(host, netns, 'accept_local', inDevice) : 1
  if (accepts === null) return unreadSetting(netns, 'accept_local', inDevice)
  // A broadcast address is no source.
  if (accepts === 0 || (asksTables && filter !== null && 'hops' in back && back.type === 'broadcast'))
    return dropped('martian', { source, device: inDevice })
  const isBack = 'hops' in back && back.type !== 'broadcast'
  if (isBack && back.hops.some(({ link }) => link === inDevice)) return null
  // On a device without an address loose is strict (no_addr).
  if (
    filter === 0 ||
    (filter !== null && filter !== STRICT && isBack && hasAddress(host, netns, (cidr, link) => link === inDevice && !cidr.includes(':')))
  )
    return null
  if ('end' in back && back.end.kind === 'unknown') return back.end
  return filter === null ? unreadSetting(netns, 'rp_filter', inDevice) : dropped('rp-filter', { source, device: inDevice })
}

const hasAddress = (host: Host, netns: string, isIt: (cidr: string, link: string) => boolean): boolean =>
  host.addresses(netns).some(({ link, cidr }) => isIt(cidr, link))

const LOOPBACK = { address: '127.0.0.0', length: 8 }
const THIS_NETWORK = { address: '0.0.0.0', length: 8 }

/** ip_route_input_slow: addresses that no packet on a wire may have; those of loopback where the device does not route them. */
export function whyMartian({
  host,
  netns,
  inDevice,
  source,
  destination,
}: Pick<SourceQuery, 'host' | 'netns' | 'inDevice' | 'source' | 'destination'>): WalkEnd | null {
  const martian = dropped('martian', { source, destination })
  if (isMulticast(source) || source === '255.255.255.255') return martian
  if (destination === '255.255.255.255' || (source === '0.0.0.0' && destination === '0.0.0.0')) return null
  if ([source, destination].some((address) => isInPrefix(address, THIS_NETWORK))) return martian
  if (![source, destination].some((address) => isInPrefix(address, LOOPBACK))) return null
  const routes = settingOf(host, netns, 'route_localnet', inDevice)
  return routes === 1 ? null : routes === null ? unreadSetting(netns, 'route_localnet', inDevice) : martian
}
