// What stands in the way of a plan. Each finding names the thing and the host, its message the way out; a plan with one is
// shown in full and refused as a whole.

import type { Changed, HostDiff } from '../diff/kind-diff'
import { isEmptyDiff } from '../diff/host-diff'
import type { Subject } from '../finding'
import { flowKey, isDefaultFlow } from '../host/flow'
import { type HostState, type HostStateKind, kindNames, type Resource } from '../host/host-state'
import { linkKey, type Link } from '../host/link'
import { isOwnPort } from '../host/ovs'
import type { HostObservation } from '../host/observation'
import { wantedOf } from '../kinds/kind'
import { kindOf } from '../kinds/kinds'
import { isOnlyStopped, isRebuilt, nicChangeOf } from '../kinds/domains/domain-change'
import { isOurCookie, renderOwner, type Owner } from '../naming'
import type { Host } from '../topology/kinds/host/host'
import { groupBy } from '../group-by'
import { busyNics } from './busy-nics'
import type { OtherRegistration } from './other-registrations'
import type { Step } from './plan'
import type { Blocked, Thing } from './plan-params'
import { block, domainSubject, hostSubject, linkSubject, ovsPortSubject } from './subjects'
import { toolsOf } from './tools'
import { unreadParts } from './unread-parts'
import { listUnseen } from './unseen'

/** `steps`: those that would bring the difference about; `others`: registrations of the same machine. */
export function findBlocked(
  host: Host,
  desired: HostState,
  diff: HostDiff,
  observation: HostObservation,
  steps: readonly Step[],
  others: readonly OtherRegistration[],
): Blocked[] {
  const unread = notObserved(host, desired, observation)
  // That nothing is to do was concluded from the parts that were read; and a NIC is none of ours to bring.
  if (isEmptyDiff(diff)) return [...unread, ...missingNics(host, desired, observation)]
  return [
    ...readOnlyHost(host, observation),
    ...unadopted(host, others),
    ...unread,
    ...missingTools(host, steps, observation),
    ...missingKvm(host, diff, observation),
    ...missingNics(host, desired, observation),
    ...busyNics(host, desired, diff, observation),
    ...foreignInTheWay(host, desired, diff, observation.state),
    ...fullDomains(host, diff),
  ]
}

function readOnlyHost(host: Host, { facts }: HostObservation): Blocked[] {
  if (host.isReadOnly) return [block(hostSubject(host), { code: 'host-read-only', params: { host: host.name } })]
  if (host.isAgentAccepted) return []
  return facts.neutronAgents.map((agent) => block(hostSubject(host), { code: 'agent-present', params: { host: host.name, agent } }))
}

/** As a whole: neither taking over nor removing what another console may still use is ours to choose. */
function unadopted(host: Host, others: readonly OtherRegistration[]): Blocked[] {
  return others
    .filter(({ isAdopted }) => !isAdopted)
    .map(({ hostId, count }) =>
      block(hostSubject(host), { code: 'other-registration', params: { host: host.name, formerId: hostId, count } }),
    )
}

/** A part that is not known looks like an empty one; planning on it would build everything again, or leave things behind. */
function notObserved(host: Host, desired: HostState, observation: HostObservation): Blocked[] {
  const sections = groupBy(unreadParts(host, desired, observation), ({ section }) => section)
  return [...sections.values()].flatMap(([part, ...more]) =>
    part
      ? [
          block(hostSubject(host), {
            code: 'not-observed',
            params: { host: host.name, part, more: more.length, unseen: listUnseen(observation, part) },
          }),
        ]
      : [],
  )
}

function missingTools(host: Host, steps: readonly Step[], { facts }: HostObservation): Blocked[] {
  return toolsOf(steps, (name) => facts.tools[name] === false).map((tool) =>
    block(hostSubject(host), { code: 'missing-tool', params: { host: host.name, tool } }),
  )
}

/** Only what is about to be defined: a VM that runs is proof enough. */
function missingKvm(host: Host, diff: HostDiff, { facts: { kvm } }: HostObservation): Blocked[] {
  if (kvm === 'usable') return []
  const started = diff.domains.changed.filter((change) => isRebuilt(change) || isOnlyStopped(change))
  return wantedOf({ ...diff.domains, changed: started })
    .filter((domain) => domain.virtType === 'kvm')
    .map((domain) => block(domainSubject(domain), { code: 'missing-kvm', params: { host: host.name, kvm } }))
}

function missingNics(host: Host, desired: HostState, { state }: HostObservation): Blocked[] {
  const have = new Set(state.links.map(linkKey))
  return requiredNics(desired)
    .filter((nic) => !have.has(linkKey(nic)))
    .map((nic) => block(linkSubject(nic), { code: 'missing-nic', params: { host: host.name } }))
}

const requiredNics = (desired: HostState): Link[] => desired.links.filter((link) => link.type === 'physical')

/** Names that are taken by something without our mark. */
function foreignInTheWay(host: Host, desired: HostState, diff: HostDiff, observed: HostState): Blocked[] {
  const foreign = (subject: Subject, thing: Thing, owner: string | null = null) =>
    block(subject, { code: 'foreign-in-the-way', params: { host: host.name, thing, owner } })
  const taken = (subject: Subject, thing: Thing, have: Owner | null, want: Owner | null): Blocked[] => {
    if (want === null || (have !== null && renderOwner(have) === renderOwner(want))) return []
    // Another registration is named once, as a whole, until it is adopted.
    if (have?.kind === 'host' && want.kind === 'host') return []
    return [foreign(subject, thing, have && renderOwner(have))]
  }
  const takenByMark = (kind: HostStateKind, from: Resource, to: Resource): Blocked[] => {
    const { key, label, path } = kindOf(kind)
    const subject = { kind, id: path ?? key(to), name: path ?? label(to) }
    const thing: Thing = path === undefined ? { code: 'resource', params: { label: label(to) } } : { code: 'file', params: { path } }
    return taken(subject, thing, ownerOf(from), ownerOf(to))
  }
  const device = ({ name }: Pick<Link, 'name'>): Thing => ({ code: 'device', params: { name } })
  return [
    ...diff.links.changed.flatMap(({ from, to }) => taken(linkSubject(to), device(to), from.owner ?? ovsOwner(to, observed), to.owner)),
    ...kindNames
      .filter((kind) => kindOf(kind).isTakenByMark)
      .flatMap((kind) => changesOf(diff, kind).flatMap(({ from, to }) => takenByMark(kind, from, to))),
    ...takenDevices(diff, observed).map((link) => foreign(linkSubject(link), device(link))),
    ...takenPorts(desired, observed).map((port) =>
      foreign(ovsPortSubject(port), { code: 'ovs-port', params: { name: port.name, bridge: port.bridge } }),
    ),
    ...takenFlows(desired, observed).map((flow) => {
      const { bridge, table, priority, match, cookie } = flow
      return foreign(
        { kind: 'flows', id: flowKey(flow), name: flowKey(flow) },
        { code: 'flow', params: { bridge, table, priority, match, cookie } },
      )
    }),
    ...takenDomains(desired, observed).map((domain) =>
      foreign(domainSubject(domain), { code: 'vm', params: { name: domain.name, uuid: domain.uuid } }),
    ),
  ]
}

const changesOf = (diff: HostDiff, kind: HostStateKind): readonly Changed<Resource>[] => diff[kind].changed
const ownerOf = (resource: Resource): Owner | null => ('owner' in resource ? resource.owner : null)

/** After a reboot Open vSwitch makes an internal port again, without its alias; its row still has our mark. */
function ovsOwner({ type, name }: Link, { ovsBridges, ovsPorts }: HostState): Owner | null {
  if (type !== 'ovs-internal') return null
  return (ovsBridges.find((bridge) => bridge.name === name) ?? ovsPorts.find((port) => port.name === name))?.owner ?? null
}

/** A bridge of Open vSwitch is a device as well. Only a tap it takes over: one that a dead vswitchd left behind. */
function takenDevices({ ovsBridges }: HostDiff, { links }: HostState): readonly Link[] {
  const names = new Set(ovsBridges.added.map(({ name }) => name))
  return links.filter(
    ({ netns, name, type, owner }) => netns === '' && owner === null && names.has(name) && type !== 'tap' && type !== 'ovs-internal',
  )
}

/** Port names are unique in the whole OVSDB, whatever bridge they are on. */
function takenPorts(desired: HostState, observed: HostState) {
  const names = new Set(desired.ovsPorts.map((port) => port.name))
  return observed.ovsPorts.filter((port) => port.owner === null && names.has(port.name) && !isOwnPort(port))
}

function takenFlows(desired: HostState, observed: HostState) {
  const keys = new Set(desired.flows.map(flowKey))
  // A foreign bridge is named as a whole, not flow by flow.
  const foreignBridges = new Set(observed.ovsBridges.filter((bridge) => bridge.owner === null).map((bridge) => bridge.name))
  return observed.flows.filter(
    (flow) => !foreignBridges.has(flow.bridge) && keys.has(flowKey(flow)) && !isOurCookie(flow.cookie) && !isDefaultFlow(flow),
  )
}

function takenDomains(desired: HostState, observed: HostState) {
  const taken = new Set(desired.domains.flatMap((domain) => [domain.uuid, domain.name]))
  return observed.domains.filter((domain) => domain.owner === null && (taken.has(domain.uuid) || taken.has(domain.name)))
}

/** A VM that was defined without free PCI ports takes no NIC while it runs (kinds/domains/domain-xml.ts leaves some). */
function fullDomains(host: Host, diff: HostDiff): Blocked[] {
  return diff.domains.changed.flatMap((change) => {
    const { added = [], removed = [] } = nicChangeOf(change) ?? {}
    // One that goes and comes has its own.
    const wanted = added.length - removed.filter(({ isCutOff }) => isCutOff).length
    const { freePciPorts: free = wanted } = change.from
    return wanted <= free ? [] : [block(domainSubject(change.to), { code: 'no-nic-slot', params: { host: host.name, free, wanted } })]
  })
}
