// VMs as boxes, each NIC pointing at its tap.

import { isOwnNic } from './domain'
import type { HostState } from './host-state'
import type { LinkView } from './inside-links'
import type { InsideDomain } from './inside-types'

export function insideDomains({ domains }: HostState, links: LinkView): InsideDomain[] {
  return domains.map(({ uuid, name, title, owner, isRunning, state, memoryMib, vcpus, virtType, hasGuestAgent, interfaces }) => ({
    uuid,
    name,
    title: title ?? null,
    owner,
    isOurs: owner !== null,
    isRunning,
    state: state ?? null,
    memoryMib,
    vcpus,
    virtType,
    hasGuestAgent,
    interfaces: interfaces.map(({ type, source, target, macAddress, model }) => ({
      isOurs: owner !== null && isOwnNic({ type, source, target }),
      type,
      source,
      target,
      macAddress,
      model,
      link: target === null ? null : links.findId(target),
    })),
  }))
}
