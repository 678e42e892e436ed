// What an operator should know before one host is changed, read off what was found there; it blocks nothing.

import { isEmptyDiff, type HostDiff } from '../diff/host-diff'
import { isRebuilt } from '../diff/kinds/guests'
import { joinWords, plural } from '../explain/words'
import { isOwnNic } from '../host/domain'
import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/topology'
import { otherRegistrations } from './other-registrations'
import type { PlanWarning } from './plan'

export function hostWarnings(host: Host, diff: HostDiff, { facts, state }: HostObservation): PlanWarning[] {
  if (isEmptyDiff(diff)) return []
  const agents = host.isAgentAccepted ? facts.neutronAgents : []
  return [
    ...foreignNics(host, diff),
    ...agents.map((agent) => warning(host, 'agent_present', agent, besideAgent(host, agent))),
    ...otherRegistrations(host, state)
      .filter(({ isAdopted }) => isAdopted)
      .map(({ hostId, count }) => warning(host, 'adopted', hostId, takeOver(host, hostId, count))),
  ]
}

const warning = (host: Host, code: PlanWarning['code'], label: string, message: string): PlanWarning => ({ code, hostId: host.id, label, message })

/** They hang on the definition of the VM, and nothing else of the plan touches them. */
function foreignNics(host: Host, { domains }: HostDiff): PlanWarning[] {
  const lost = [...domains.removed.map((domain) => ({ domain, how: 'goes' })), ...domains.changed.filter(isRebuilt).map(({ from }) => ({ domain: from, how: 'is defined anew' }))]
  return lost.flatMap(({ domain: { interfaces, name, title = name }, how }) => {
    const nics = interfaces.filter((nic) => !isOwnNic(nic)).map(({ macAddress, source }) => `${macAddress} (${source ?? 'no source'})`)
    if (nics.length === 0) return []
    return [warning(host, 'foreign_nic', title, `${host.name}: VM ${title} ${how}, and what somebody else plugged into it is lost: ${plural(nics.length, 'NIC')} ${joinWords(nics)}.`)]
  })
}

/** An Open vSwitch agent clears flows with a cookie that is not its own when it starts (reference §6.1). */
const besideAgent = (host: Host, agent: string): string =>
  `${host.name}: ${agent} runs here, and the host is set to be changed all the same. Two writers share its bridges: the agent may take away what this plan makes, and neither console sees the other's work as its own. Keep to bridges that the agent does not use, or stop it.`

const takeOver = (host: Host, hostId: string, count: number): string =>
  `${host.name}: what host ${hostId} left here is adopted. ${plural(count, 'thing')} of its bridges and devices, and what hangs on them, are marked anew where the design has them and removed where it has not. The console that made them must not be used for this host any more.`
