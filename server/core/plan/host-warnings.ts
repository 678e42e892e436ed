// What an operator should know before one host is changed, read off what was found there; it blocks nothing.

import { isEmptyDiff } from '../diff/host-diff'
import type { HostDiff } from '../diff/kind-diff'
import { isOwnNic } from '../host/domain'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { isOurChain } from '../host/iptables'
import { BRIDGE_NETFILTER } from '../host/sysctl'
import { wantedOf } from '../kinds/kind'
import { isRebuilt } from '../kinds/domains/domain-change'
import type { Host } from '../topology/kinds/host/host'
import type { OtherRegistration } from './other-registrations'
import type { PlanWarning } from './plan-params'
import { domainSubject, hostSubject } from './subjects'

export function hostWarnings(
  host: Host,
  diff: HostDiff,
  { facts, state }: HostObservation,
  others: readonly OtherRegistration[],
): PlanWarning[] {
  if (isEmptyDiff(diff)) return []
  const agents = host.isAgentAccepted ? facts.neutronAgents : []
  const about = { severity: 'warning', subject: hostSubject(host) } as const
  return [
    ...foreignNics(host, diff),
    ...withoutBridgeNetfilter(host, diff, state),
    ...agents.map((agent): PlanWarning => ({ ...about, code: 'beside-agent', params: { host: host.name, agent } })),
    ...others
      .filter(({ isAdopted }) => isAdopted)
      .map(({ hostId, count }): PlanWarning => ({ ...about, code: 'adopted', params: { host: host.name, formerId: hostId, count } })),
  ]
}

/** Rules are there, or come, that ask about ports of a bridge, and the kernel asks nobody. Where the setting is missing it comes with them, as 1. */
function withoutBridgeNetfilter(host: Host, { iptables }: HostDiff, { sysctls }: HostState): PlanWarning[] {
  if (host.hasBridgeNetfilter || !wantedOf(iptables).some((chain) => chain.family !== 'bridge' && isOurChain(chain))) return []
  const off = sysctls.filter(({ netns, key, value }) => netns === '' && value === '0' && BRIDGE_NETFILTER.some((each) => each === key))
  if (off.length === 0) return []
  const keys = off.map(({ key }) => key.replaceAll('/', '.'))
  return [{ severity: 'warning', subject: hostSubject(host), code: 'bridge-netfilter-off', params: { host: host.name, keys } }]
}

/** They hang on the definition of the VM, and nothing else of the plan touches them. */
function foreignNics(host: Host, { domains }: HostDiff): PlanWarning[] {
  const lost = [
    ...domains.removed.map((domain) => ({ domain, isRebuilt: false })),
    ...domains.changed.filter(isRebuilt).map(({ from }) => ({ domain: from, isRebuilt: true })),
  ]
  return lost.flatMap(({ domain, ...how }): PlanWarning[] => {
    const nics = domain.interfaces.filter((nic) => !isOwnNic(nic)).map(({ macAddress, source }) => ({ mac: macAddress, source }))
    return nics.length === 0
      ? []
      : [{ severity: 'warning', subject: domainSubject(domain), code: 'foreign-nics-lost', params: { host: host.name, ...how, nics } }]
  })
}
