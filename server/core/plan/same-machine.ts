// One machine that is registered twice: each of its two plans is right by itself, and together they take one another's bridges away. Two
// registrations are one machine when they show the same NICs. (Host keys and machine ids are copied with an image; NICs have addresses of their own.)

import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/kinds/host/host'
import { block, hostSubject } from './subjects'
import type { HostPlan } from './plan'

export interface ReadHost {
  readonly host: Pick<Host, 'id' | 'name'>
  readonly observation: HostObservation
}

/** Null where a host shows no NIC: nothing tells it from others. */
function nicsOf({ state }: HostObservation): string | null {
  const nics = state.links.filter(
    ({ netns, type, name, macAddress = '' }) => netns === '' && type === 'physical' && name !== 'lo' && !/^(00:){5}00$|^$/.test(macAddress),
  )
  return nics.length === 0
    ? null
    : nics
        .map(({ name, macAddress }) => `${name} ${macAddress}`)
        .sort()
        .join()
}

export function findSameMachine({ host, observation }: ReadHost, all: readonly ReadHost[]): readonly string[] {
  const nics = nicsOf(observation)
  return nics === null
    ? []
    : all.filter((other) => other.host.id !== host.id && nicsOf(other.observation) === nics).map((other) => other.host.name)
}

/** Only a plan that would change something is in the way of the other. */
export function blockSameMachine(plan: HostPlan, others: readonly string[]): HostPlan {
  if (plan.changes.length === 0 || others.length === 0) return plan
  const subject = hostSubject({ id: plan.hostId, name: plan.hostName })
  const blocked = others.map((other) => block(subject, { code: 'same-machine', params: { host: plan.hostName, other } }))
  return { ...plan, blocked: [...plan.blocked, ...blocked] }
}
