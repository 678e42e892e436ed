// Is a packet with this source plausible on the device that it came by (fib_validate_source, rp_filter).

import { isInPrefix, isMulticast } from '../../address'
import type { Host } from '../host'
import { dropped } from '../../ends'
import type { WalkEnd } from '../../walk-result'
import type { Routing } from './routing'
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

export function whyImplausible(asked: SourceQuery): WalkEnd | null {
  const { host, netns, inDevice, source } = asked
  if (source === '0.0.0.0') return null
  const back = wayBack(asked)
  const filter = settingOf(host, netns, 'rp_filter', inDevice)
  return whyMartianSource(asked, back, filter) ?? whyFiltered(asked, back, filter)
}

/** Where an answer would go. */
type WayBack = ReturnType<Routing['lookup']>

function wayBack({ host, netns, inDevice, source, destination, outDevice, mark }: SourceQuery): WayBack {
  const looksAtMark = settingOf(host, netns, 'src_valid_mark', inDevice)
  return host.routing(netns).lookup({
    source: destination,
    destination: source,
    inDevice: outDevice ?? 'lo',
    outDevice: null,
    mark: looksAtMark === 1 ? mark : looksAtMark === 0 || mark === 0 ? 0 : null,
  })
}

/** An address of the machine itself comes in only where it is allowed to, and a broadcast address is no source. */
function whyMartianSource({ host, netns, inDevice, source, outDevice }: SourceQuery, back: WayBack, filter: number | null): WalkEnd | null {
  // Where it does not, it looks at the addresses alone.
  const asksTables =
    filter !== 0 || host.routing(netns).hasOwnRules || (outDevice === inDevice && settingOf(host, netns, 'send_redirects', inDevice) !== 0)
  const type = 'hops' in back ? back.type : null
  const isOwn = asksTables ? type === 'local' : hasAddress(host, netns, (cidr) => cidr.split('/')[0] === source)
  const accepts = isOwn ? settingOf(host, netns, 'accept_local', inDevice) : 1
  if (accepts === null) return unreadSetting(netns, 'accept_local', inDevice)
  const isBroadcast = asksTables && filter !== null && type === 'broadcast'
  return accepts === 0 || isBroadcast ? dropped('martian', { source, device: inDevice }) : null
}

/** rp_filter: strict asks that the way back leads through the same device, loose that there is one. */
function whyFiltered({ host, netns, inDevice, source }: SourceQuery, back: WayBack, filter: number | null): WalkEnd | null {
  const isBack = 'hops' in back && back.type !== 'broadcast'
  if (isBack && back.hops.some(({ link }) => link === inDevice)) return null
  if (filter === 0) return null
  // On a device without an address loose is strict (no_addr).
  const isLoose = filter !== null && filter !== STRICT && hasAddress(host, netns, (cidr, link) => link === inDevice && !cidr.includes(':'))
  if (isBack && isLoose) return null
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
