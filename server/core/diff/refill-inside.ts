// What a change inside a namespace takes along that no comparison shows: neighbours, forwarding, rules, and the servers that run there.

import { dnsmasqKey } from '../host/dnsmasq'
import type { HostState } from '../host/host-state'
import { addressKey, isIpv6Route, isMistakenFor, ruleKey, type IpAddress } from '../host/ip'
import { linkKey } from '../host/link'
import type { PermanentNeighbour } from '../host/neighbour'
import { serviceKey } from '../host/service'
import { deviceOf, setsForwardingOf, type Sysctl } from '../host/sysctl'
import { wantedOf } from '../kinds/kind'
import { suggestCidr } from '../topology/ipv4'
import { anew, type OnLink, resettled } from './anew'
import type { HostDiff, KindDiff } from './kind-diff'

/** The kernel forgets all neighbours of a device that is given another address, permanent ones too. */
export function refillNeighbours(diff: HostDiff, desired: HostState): HostDiff {
  const readdressed = new Set(
    diff.links.changed.filter(({ fields }) => fields.some(({ field }) => field === 'mac')).map(({ to }) => linkKey(to)),
  )
  const isOn = ({ netns, link }: PermanentNeighbour) => readdressed.has(linkKey({ netns, name: link }))
  return readdressed.size === 0 ? diff : { ...diff, neighbours: anew(diff.neighbours, desired.neighbours, isOn) }
}

/** Setting that a namespace forwards sets it for all devices; those that are wanted otherwise are set again. */
export function refillForwarding(diff: HostDiff, desired: HostState): HostDiff {
  const ofAll = wantedOf(diff.sysctls).filter((sysctl) => setsForwardingOf(sysctl) !== null)
  const set = new Set(ofAll.map((sysctl) => `${sysctl.netns}:net/${setsForwardingOf(sysctl)}`))
  const isReset = ({ netns, key }: Sysctl) =>
    deviceOf(key) !== null && key.endsWith('/forwarding') && set.has(`${netns}:${key.slice(0, 'net/ipv4'.length)}`)
  return set.size === 0 ? diff : { ...diff, sysctls: resettled(diff.sysctls, desired, isReset) }
}

/**
 * `ip rule del` takes the first rule of a priority that has all that is said, which may be one that says more and stays. So those that may be
 * taken for the one that goes, go with it and come again.
 */
export function refillRules(diff: HostDiff, desired: HostState, observed: HostState): HostDiff {
  const [wanted, gone] = [new Set(desired.rules.map(ruleKey)), diff.rules.removed]
  const mistaken = observed.rules.filter((rule) => wanted.has(ruleKey(rule)) && gone.some((removed) => isMistakenFor(rule, removed)))
  return mistaken.length === 0
    ? diff
    : { ...diff, rules: { ...diff.rules, added: [...diff.rules.added, ...mistaken], removed: [...gone, ...mistaken] } }
}

/** The kernel takes the other addresses of a network along with the first one of its device, unless promote_secondaries is set. */
export function refillAddresses(diff: HostDiff, desired: HostState, observed: HostState): HostDiff {
  const networkOf = ({ netns, link, cidr }: IpAddress) => `${linkKey({ netns, name: link })} ${suggestCidr(cidr)}`
  const [wanted, gone] = [new Set(desired.addresses.map(addressKey)), new Set(diff.addresses.removed.map(networkOf))]
  const come = new Set(diff.addresses.added.map(addressKey))
  const taken = observed.addresses.filter(
    (address) => wanted.has(addressKey(address)) && !come.has(addressKey(address)) && gone.has(networkOf(address)),
  )
  return taken.length === 0 ? diff : { ...diff, addresses: { ...diff.addresses, added: [...diff.addresses.added, ...taken] } }
}

/** With the last address of a device the kernel takes its routes, in whatever table, and its neighbours: the device is as one that is down. */
export function refillReaddressed(diff: HostDiff, desired: HostState, observed: HostState): HostDiff {
  const isIpv4 = ({ cidr }: IpAddress) => !cidr.includes(':')
  const deviceWith = ({ netns, link }: IpAddress) => linkKey({ netns, name: link })
  const gone = new Set(diff.addresses.removed.map(addressKey))
  const left = new Set(observed.addresses.filter((address) => isIpv4(address) && !gone.has(addressKey(address))).map(deviceWith))
  const bare = new Set(
    diff.addresses.removed
      .filter(isIpv4)
      .map(deviceWith)
      .filter((device) => !left.has(device)),
  )
  const isOn = ({ netns = '', link }: OnLink) => link !== undefined && bare.has(linkKey({ netns, name: link }))
  if (bare.size === 0) return diff
  return {
    ...diff,
    routes: anew(diff.routes, desired.routes, (route) => isOn(route) && !isIpv6Route(route)),
    neighbours: anew(diff.neighbours, desired.neighbours, isOn),
  }
}

/** A process lives on in a namespace that has lost its name, and serves nobody: it is started again in the one that is made. */
export function refillServers(diff: HostDiff, _desired: HostState, observed: HostState): HostDiff {
  const made = new Set(diff.namespaces.added.map(({ name }) => name))
  const isLost = ({ netns, isRunning }: Server) => isRunning && made.has(netns)
  if (![...observed.dnsmasq, ...observed.services].some(isLost)) return diff
  return {
    ...diff,
    dnsmasq: restarted(diff.dnsmasq, observed.dnsmasq.filter(isLost), dnsmasqKey),
    services: restarted(diff.services, observed.services.filter(isLost), serviceKey),
  }
}

interface Server {
  readonly netns: string
  readonly isRunning: boolean
}

/** Those that stay; one that runs by other arguments is started again anyway. */
function restarted<R extends Server>(part: KindDiff<R>, lost: readonly R[], keyOf: (server: R) => string): KindDiff<R> {
  const others = new Set(part.removed.map(keyOf))
  const known = new Map(part.changed.map((change) => [keyOf(change.to), change]))
  const again = lost
    .filter((server) => !others.has(keyOf(server)))
    .map((server) => known.get(keyOf(server)) ?? { from: server, to: server, fields: [] })
    .map((change) => ({
      ...change,
      fields: [...change.fields.filter(({ field }) => field !== 'namespace'), { field: 'namespace', from: 'gone', to: change.to.netns }],
    }))
  const keys = new Set(again.map(({ to }) => keyOf(to)))
  return { ...part, changed: [...part.changed.filter(({ to }) => !keys.has(keyOf(to))), ...again] }
}
