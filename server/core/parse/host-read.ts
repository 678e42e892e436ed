// Text of one run of the read script → HostObservation. Pure: time and nonce are given. Nothing is dropped in silence;
// what no parser understood is in `unparsed`, with its text, as far as a reading keeps it (bound-pieces.ts).

import type { HostFacts, HostObservation, Unparsed } from '../host/observation'
import { mergeHostStates, type HostState } from '../host/host-state'
import type { LearnedState } from '../host/learned'
import { joinLists } from '../join-lists'
import { boundPieces } from './bound-pieces'
import { buildLinks, buildNamespaces } from './build-links'
import { noFacts, sshLink } from './facts'
import { toPermanent } from './ip/neighbour'
import { keepBridges, type FlowMemo } from './openflow/flow-memo'
import { portNamesByBridge } from './ovs/ovs-state'
import { unparsed, type Parsed } from './parse-result'
import { sectionSteps, type Fragment, type SectionContext } from './section-parsers'
import { splitSections, type Section, type SectionedText } from './sections'
import { finish, type Steps } from './steps'

export interface HostRead {
  readonly hostId: string
  /** ISO 8601, the console's clock. */
  readonly observedAt: string
  readonly durationMs: number
  /** The one that was given to the script. */
  readonly nonce: string
  readonly text: string
}

/** What a reading told, section by section. A reading of some parts is laid over an older one in this form (overlay.ts). */
export interface ReadSections extends Pick<HostRead, 'hostId' | 'observedAt' | 'durationMs'> {
  readonly sections: readonly ReadSection[]
}

interface ReadSection extends Parsed<Fragment> {
  readonly name: string
}

export const parseHostRead = (read: HostRead): HostObservation => toObservation(finish(readSectionsSteps(read)))

/** In slices; `flowMemo` is the host's own, kept from one reading to the next. */
export function* readSectionsSteps({ hostId, observedAt, durationMs, nonce, text }: HostRead, flowMemo?: FlowMemo): Steps<ReadSections> {
  const sectioned = splitSections(text, nonce)
  const sections = yield* readSections(sectioned.sections, flowMemo)
  return { hostId, observedAt, durationMs, sections: [...sections, { name: 'read', value: {}, unparsed: leftOver(sectioned) }] }
}

export function toObservation({ sections, ...reading }: ReadSections): HostObservation {
  const fragments = sections.map((section) => section.value)
  const state = buildState(fragments)
  return {
    ...reading,
    state,
    facts: buildFacts(fragments, state),
    unparsed: boundPieces([...sections.flatMap((section) => section.unparsed), ...notAsked(sections)]),
  }
}

/** The OVSDB first: flows name their ports by number. */
function* readSections(sections: readonly Section[], flowMemo?: FlowMemo): Steps<readonly ReadSection[]> {
  const isOvsdb = ({ name }: Section) => name === 'ovsdb'
  const errors = new Map(
    sections.flatMap(({ name, text }) => (name.startsWith('errors ') ? [[name.slice('errors '.length), text] as const] : [])),
  )
  const ovs = yield* readEach(sections.filter(isOvsdb), { portNames: new Map(), errors })
  const states = ovs.flatMap((part) => part.value.ovs ?? [])
  const context: SectionContext = { portNames: portNamesByBridge(states.flatMap(({ ports }) => ports)), errors, flowMemo }
  if (flowMemo) keepBridges(flowMemo, new Set(states.flatMap(({ bridges }) => bridges).map(({ name }) => name)))
  return [
    ...ovs,
    ...(yield* readEach(
      sections.filter((section) => !isOvsdb(section)),
      context,
    )),
  ]
}

/**
 * Each bridge that the OVSDB has must have been asked for its flows; and each namespace whose name is told must have been gone through to its
 * end, the root too: on a host without memory for another process the reader of many of them is missing in silence.
 */
function notAsked(sections: readonly ReadSection[]): Unparsed[] {
  const asked = new Set(sections.map(({ name }) => name))
  const bridges = sections.flatMap(({ value }) => value.ovs?.bridges ?? []).map(({ name }) => `flows ${name}`)
  const namespaces = sections.flatMap(({ value }) =>
    value.namespaceNames ? ['namespace', ...value.namespaceNames.map((name) => `namespace ${name}`)] : [],
  )
  return [
    ...bridges.filter((name) => !asked.has(name)).map((name) => unparsed(name, '', { code: 'flows-not-asked', params: {} })),
    ...namespaces
      .filter((name) => !asked.has(name) && !asked.has(name.replace('namespace', 'gone')))
      .map((name) => unparsed(name, '', { code: 'namespace-not-read', params: {} })),
  ]
}

function* readEach(sections: readonly Section[], context: SectionContext): Steps<readonly ReadSection[]> {
  const read: ReadSection[] = []
  for (const section of sections) {
    read.push({ name: section.name, ...(yield* sectionSteps(section, context)) })
    yield
  }
  return read
}

function leftOver({ isComplete, rest }: SectionedText): Unparsed[] {
  const cut = isComplete ? [] : [unparsed('read', '', { code: 'ended-early', params: {} })]
  return rest.trim() === '' ? cut : [...cut, unparsed('read', rest, { code: 'outside-sections', params: {} })]
}

export function buildState(fragments: readonly Fragment[]): HostState {
  const namespaces = fragments.flatMap((fragment) => fragment.namespaces ?? [])
  const ovs = fragments.find((fragment) => fragment.ovs)?.ovs
  return {
    ...mergeHostStates(fragments.flatMap((fragment) => fragment.ofKinds ?? [])),
    namespaces: buildNamespaces(namespaces),
    links: buildLinks({
      namespaces,
      ovsInternal: ovs?.internalNames ?? new Set(),
      txChecksum: new Map(fragments.flatMap((fragment) => fragment.txChecksum ?? [])),
    }),
    addresses: joinLists(namespaces.map((namespace) => namespace.addresses)),
    routes: joinLists(namespaces.map((namespace) => namespace.routes)),
    rules: joinLists(namespaces.map((namespace) => namespace.rules)),
    neighbours: namespaces.flatMap(({ neighbours }) => toPermanent(neighbours)),
    fdb: joinLists(fragments.map((fragment) => fragment.fdb)),
    sysctls: joinLists([...fragments.map((fragment) => fragment.sysctls), ...namespaces.map((namespace) => namespace.settings)]),
    ovsBridges: ovs?.bridges ?? [],
    ovsPorts: ovs?.ports ?? [],
    flows: joinLists(fragments.map((fragment) => fragment.flows)),
    ipsets: joinLists(fragments.map((fragment) => fragment.ipsets)),
    iptables: joinLists(fragments.map((fragment) => fragment.iptables)),
    domains: joinLists(fragments.map((fragment) => fragment.domains)),
    learned: buildLearned(fragments),
  }
}

/** What no section told stays absent: nobody looked. */
function buildLearned(fragments: readonly Fragment[]): LearnedState {
  const join = <T>(parts: readonly (Readonly<Record<string, T>> | undefined)[]): Readonly<Record<string, T>> => Object.assign({}, ...parts)
  const namespaces = fragments.flatMap((fragment) => fragment.namespaces ?? [])
  const bridgeMacs = fragments.find((fragment) => fragment.bridgeMacs)?.bridgeMacs
  const vlanLimit = fragments.find((fragment) => fragment.ovs)?.ovs?.vlanLimit ?? null
  return {
    ovsMacs: join(fragments.map((fragment) => fragment.ovsMacs)),
    portFlags: join(fragments.map((fragment) => fragment.portFlags)),
    groups: join(fragments.map((fragment) => fragment.groups)),
    ...(vlanLimit === null ? {} : { vlanLimit }),
    ...(namespaces.length > 0 && { neighbours: namespaces.flatMap(({ neighbours }) => neighbours) }),
    ...(namespaces.some(({ proxied }) => proxied.length > 0) && { proxied: namespaces.flatMap(({ proxied }) => proxied) }),
    ...(bridgeMacs && { bridgeMacs }),
  }
}

export function buildFacts(fragments: readonly Fragment[], state: HostState): HostFacts {
  const raw = fragments.find((fragment) => fragment.facts)?.facts ?? noFacts
  const ovs = fragments.find((fragment) => fragment.ovs)?.ovs
  const datapathTypes = ovs?.datapathTypes ?? []
  return {
    hostname: raw.hostname,
    kernel: raw.kernel,
    ovsVersion: ovs?.version ?? null,
    ovsDatapathTypes: datapathTypes,
    // A switch that runs with --disable-system offers netdev only, whatever the kernel could do.
    hasKernelDatapath: raw.hasOpenvswitchModule && (datapathTypes.length === 0 || datapathTypes.includes('system')),
    kvm: raw.kvm,
    libvirtVersion: fragments.find((fragment) => fragment.libvirtVersion)?.libvirtVersion ?? null,
    tools: raw.tools,
    neutronAgents: raw.neutronAgents,
    ...(raw.isLibvirtStopped && { isLibvirtStopped: true }),
    ...(raw.runningGuests && { runningGuests: raw.runningGuests }),
    ...(raw.hasIpv6 !== undefined && { hasIpv6: raw.hasIpv6 }),
    sshLink: sshLink(raw.sshAddress, state.addresses),
  }
}
