// Text of one run of the read script → HostObservation. Pure: time and nonce are given. Nothing is dropped in silence;
// what no parser understood is in `unparsed`, and the raw text of every section is kept for the operator.

import type { HostFacts, HostObservation, Unparsed } from '../host/observation'
import type { HostState } from '../host/host-state'
import { buildLinks, buildNamespaces } from './build-links'
import { noFacts, sshLink } from './facts'
import { portNamesByBridge } from './ovs/ovs-state'
import { unparsed, type Parsed } from './parse-result'
import { readSection, type Fragment, type SectionContext } from './section-parsers'
import { splitSections, type Section, type SectionedText } from './sections'

export interface HostRead {
  readonly hostId: string
  /** ISO 8601, the console's clock. */
  readonly observedAt: string
  readonly durationMs: number
  /** The one that was given to the script. */
  readonly nonce: string
  readonly text: string
}

export function parseHostRead({ hostId, observedAt, durationMs, nonce, text }: HostRead): HostObservation {
  const sectioned = splitSections(text, nonce)
  const read = readSections(sectioned.sections)
  const fragments = read.map((part) => part.value)
  const state = buildState(fragments)
  return {
    hostId,
    observedAt,
    durationMs,
    state,
    facts: buildFacts(fragments, state),
    unparsed: [...read.flatMap((part) => part.unparsed), ...leftOver(sectioned)],
    raw: Object.fromEntries(sectioned.sections.map((section) => [section.name, section.text])),
  }
}

/** The OVSDB first: flows name their ports by number. */
function readSections(sections: readonly Section[]): readonly Parsed<Fragment>[] {
  const isOvsdb = ({ name }: Section) => name === 'ovsdb'
  const ovs = sections.filter(isOvsdb).map((section) => readSection(section, noContext))
  const context: SectionContext = { portNames: portNamesByBridge(ovs.flatMap((part) => part.value.ovs?.ports ?? [])) }
  return [...ovs, ...sections.filter((section) => !isOvsdb(section)).map((section) => readSection(section, context))]
}

const noContext: SectionContext = { portNames: new Map() }

function leftOver({ isComplete, rest }: SectionedText): Unparsed[] {
  const cut = isComplete ? [] : [unparsed('read', '', 'The reading ended before its last section')]
  return rest.trim() === '' ? cut : [...cut, unparsed('read', rest, 'Text outside of every section')]
}

export function buildState(fragments: readonly Fragment[]): HostState {
  const namespaces = fragments.flatMap((fragment) => fragment.namespaces ?? [])
  const ovs = fragments.find((fragment) => fragment.ovs)?.ovs
  return {
    namespaces: buildNamespaces(namespaces),
    links: buildLinks({
      namespaces,
      ovsInternal: ovs?.internalNames ?? new Set(),
      txChecksum: new Map(fragments.flatMap((fragment) => fragment.txChecksum ?? [])),
    }),
    addresses: namespaces.flatMap((namespace) => namespace.addresses),
    routes: namespaces.flatMap((namespace) => namespace.routes),
    rules: namespaces.flatMap((namespace) => namespace.rules),
    fdb: fragments.flatMap((fragment) => fragment.fdb ?? []),
    sysctls: fragments.flatMap((fragment) => fragment.sysctls ?? []),
    ovsBridges: ovs?.bridges ?? [],
    ovsPorts: ovs?.ports ?? [],
    flows: fragments.flatMap((fragment) => fragment.flows ?? []),
    iptables: fragments.flatMap((fragment) => fragment.iptables ?? []),
    dnsmasq: fragments.flatMap((fragment) => fragment.dnsmasq ?? []),
    domains: fragments.flatMap((fragment) => fragment.domains ?? []),
    restoreUnits: fragments.flatMap((fragment) => fragment.restoreUnits ?? []),
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
    sshLink: sshLink(raw.sshAddress, state.addresses),
  }
}
