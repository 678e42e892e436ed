// Addresses, routes and rules: ours when they live on a link of ours or in a namespace of ours, or carry our label.

import { addressKey, routeKey, ruleKey, type IpAddress, type IpRule, type Route } from '../../host/ip'
import { linkKey } from '../../host/link'
import { vtepLabel } from '../../naming'
import type { KindSpec } from '../host-diff'
import type { OwnScope } from '../own-scope'

const where = (netns: string): string => (netns === '' ? '' : ` in ${netns}`)

const livesOnOurs = (netns: string, link: string | undefined, scope: OwnScope): boolean =>
  netns === '' ? link !== undefined && scope.links.has(linkKey({ netns, name: link })) : scope.namespaces.has(netns)

/** A VTEP address on a NIC: the NIC is the host's, the address is ours. */
export const isLabelled = ({ netns, link, label }: IpAddress): boolean => netns === '' && label === vtepLabel(link)

export const addressSpec: KindSpec<IpAddress> = {
  key: addressKey,
  label: (address) => `address ${address.cidr} on ${address.link}${where(address.netns)}`,
  // Link-local and loopback addresses are the kernel's own.
  isOurs: (address, scope) =>
    isLabelled(address) || (address.link !== 'lo' && address.scope !== 'link' && livesOnOurs(address.netns, address.link, scope)),
  compare: () => [],
}

export const routeSpec: KindSpec<Route> = {
  key: routeKey,
  label: (route) => `route ${route.destination}${route.via ? ` via ${route.via}` : ''}${where(route.netns)}`,
  // The kernel makes and removes connected and local routes with their addresses.
  isOurs: (route, scope) =>
    route.protocol !== 'kernel' && route.protocol !== 'ra' && livesOnOurs(route.netns, route.link, scope),
  compare: (desired, observed) =>
    desired.via === observed.via ? [] : [{ field: 'via', from: observed.via ?? null, to: desired.via ?? null }],
}

/** Rules 0, 32766 and 32767 come with every namespace. */
const KERNEL_PRIORITIES = [0, 32766, 32767]

export const ruleSpec: KindSpec<IpRule> = {
  key: ruleKey,
  label: (rule) => `rule ${rule.priority} from ${rule.source} lookup ${rule.table}${where(rule.netns)}`,
  isOurs: (rule, scope) =>
    rule.netns !== '' && scope.namespaces.has(rule.netns) && !KERNEL_PRIORITIES.includes(rule.priority),
  compare: () => [],
}
