// What an operator should know before one host is changed, read off what was found there; it blocks nothing.

import { isEmptyDiff } from '../diff/host-diff'
import type { HostDiff } from '../diff/kind-diff'
import { isOwnNic } from '../host/domain'
import type { HostObservation } from '../host/observation'
import { isRebuilt } from '../kinds/domains/domain-change'
import type { Host } from '../topology/kinds/host/host'
import type { OtherRegistration } from './other-registrations'
import type { PlanWarning } from './plan-params'
import { domainSubject, hostSubject } from './subjects'

export function hostWarnings(host: Host, diff: HostDiff, { facts }: HostObservation, others: readonly OtherRegistration[]): PlanWarning[] {
  if (isEmptyDiff(diff)) return []
  const agents = host.isAgentAccepted ? facts.neutronAgents : []
  const about = { severity: 'warning', subject: hostSubject(host) } as const
  return [
    ...foreignNics(host, diff),
    ...agents.map((agent): PlanWarning => ({ ...about, code: 'beside-agent', params: { host: host.name, agent } })),
    ...others
      .filter(({ isAdopted }) => isAdopted)
      .map(({ hostId, count }): PlanWarning => ({ ...about, code: 'adopted', params: { host: host.name, formerId: hostId, count } })),
  ]
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
