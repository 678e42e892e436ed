// `status`: what is there, asked of the things themselves. Changes nothing.

import { routers } from './host/bird'
import { libvirtd } from './host/libvirt'
import { ovsdbServer, ovsVswitchd } from './host/ovs'
import type { HostContext, Service } from './host/service'
import { readHostKeyFingerprint, sshListener } from './host/sshd'
import { messageOf } from './errors'
import { findCableProblems, listLinks, type Link } from './node/cabling'
import { findKeepers, type Keeper } from './node/keeper'
import { labPaths } from './paths'
import { nodeDir, readState, sshPortOf, type LabState } from './state'
import * as topology from './topology'
import type { HostSpec } from './topology'
import { findMachineProblem } from './vm-host/machine'
import { findSocketProblems } from './vm-host/sockets'
import type { LabFabric, LabHost, LabOutside, LabStatus, LabWire } from './types'

const checksOf = ({ kind }: HostSpec): readonly Service['findProblem'][] =>
  kind === 'vm' ? [findMachineProblem] : [ovsdbServer, ovsVswitchd, libvirtd, sshListener].map((service) => service.findProblem)
const notRunning = ['not running'] as const

type Keepers = ReadonlyMap<string, Keeper>
type LinksByNode = ReadonlyMap<string, readonly Link[]>

export async function labStatus(lab: string): Promise<LabStatus> {
  const keepers = findKeepers(lab)
  const [read] = await Promise.allSettled([readStatus(lab, keepers)])
  // A node that died while it was asked is one that does not run, whatever its daemons answered: ask once more, of those that are left.
  const left = findKeepers(lab)
  if ([...keepers.values()].some(({ node, pid }) => left.get(node)?.pid !== pid)) return labStatus(lab)
  if (read.status === 'rejected') throw read.reason
  return read.value
}

async function readStatus(lab: string, keepers: Keepers): Promise<LabStatus> {
  const state = await readState(lab)
  const extras = state?.extras ?? []
  // Links are read beside the daemons' answers, not before them: most of the time of a status is waiting for daemons.
  const links = readLinks(keepers)
  const [hosts, linksByNode, routing] = await Promise.all([
    state === undefined
      ? []
      : Promise.all(topology.hostsWith(extras).map((host) => readHost(lab, host, state, keepers.get(host.name), links))),
    links,
    topology.hasGateways(extras) ? readRouting(keepers) : noProblems,
  ])
  const problemsOf = (node: string): readonly string[] =>
    keepers.has(node) ? [...nicProblems(node, linksByNode, extras), ...(routing.get(node) ?? [])] : notRunning
  const outside = readOutside(problemsOf(topology.outside.name))
  const fabric = topology.hasGateways(extras) ? readFabric(problemsOf(topology.fabric.name)) : null
  const wire = readWire(keepers, linksByNode, extras)
  const nodes = [...hosts, outside, wire, ...(fabric ? [fabric] : [])]
  return { name: lab, up: hosts.length > 0 && nodes.every((node) => node.ready), hosts, outside, wire, fabric }
}

async function readLinks(keepers: Keepers): Promise<LinksByNode> {
  return new Map(await Promise.all([...keepers.values()].map(async (keeper) => [keeper.node, await listLinks(keeper)] as const)))
}

async function readHost(
  lab: string,
  spec: HostSpec,
  state: LabState,
  keeper: Keeper | undefined,
  links: Promise<LinksByNode>,
): Promise<LabHost> {
  const port = sshPortOf(state, spec.name)
  const [problems, hostKeyFingerprint] = await Promise.all([
    keeper === undefined ? notRunning : findHostProblems(spec, { keeper, sshPort: port }, links, state.extras),
    readHostKeyFingerprint(nodeDir(lab, spec.name)),
  ])
  return {
    name: spec.name,
    kind: spec.kind,
    ready: problems.length === 0,
    problems,
    ssh: { address: '127.0.0.1', port, user: spec.user, privateKeyPath: labPaths(lab).privateKey, hostKeyFingerprint },
    roles: [spec.role],
    tunnelAddress: spec.tunnelAddress,
    tunnelPrefix: topology.tunnelPrefix,
    tunnelNic: topology.tunnelNic,
    tunnelGateway: topology.tunnelGatewayOf(state.extras, spec.tunnelAddress),
    physicalNics: [{ physicalNetwork: topology.physicalNetwork, nic: topology.physicalNic }],
    spareNic: topology.spareNic,
    guestKernel: topology.guestKernel,
    guestInitrd: topology.guestInitrd,
  }
}

async function findHostProblems(
  spec: HostSpec,
  host: HostContext,
  links: Promise<LinksByNode>,
  extras: topology.Extras,
): Promise<readonly string[]> {
  const [answers, byNode] = await Promise.all([Promise.all(checksOf(spec).map((findProblem) => findProblem(host).catch(messageOf))), links])
  const sockets = spec.kind === 'vm' ? findSocketProblems(spec.name, byNode.get(spec.name) ?? []) : []
  return [...nicProblems(spec.name, byNode, extras), ...sockets, ...answers.filter((answer) => answer !== undefined)]
}

const nicProblems = (node: string, links: LinksByNode, extras: topology.Extras): readonly string[] =>
  findCableProblems(node, links.get(node) ?? [], links.get(topology.wireName) ?? [], extras)

type Problems = ReadonlyMap<string, readonly string[]>
const noProblems: Problems = new Map()

async function readRouting(keepers: Keepers): Promise<Problems> {
  const asked = [...routers].map(async ([node, { findProblem }]) => {
    const keeper = keepers.get(node)
    const problem = keeper && (await findProblem({ keeper }).catch(messageOf))
    return [node, problem === undefined ? [] : [problem]] as const
  })
  return new Map(await Promise.all(asked))
}

function readOutside(problems: readonly string[]): LabOutside {
  const { name, nic, addresses, gateway } = topology.outside
  return { name, ready: problems.length === 0, problems, nic, addresses, gateway }
}

function readFabric(problems: readonly string[]): LabFabric {
  const { name, as, legs } = topology.fabric
  return { name, ready: problems.length === 0, problems, as, addresses: legs.map(({ address }) => address) }
}

function readWire(keepers: Keepers, links: LinksByNode, extras: topology.Extras): LabWire {
  const present = links.get(topology.wireName) ?? []
  const segments = topology.segmentsWith(extras).map((segment) => ({
    ...segment,
    ports: present.filter((link) => link.master === segment.bridge).map((link) => link.name),
  }))
  const missing = topology.segmentsWith(extras).filter(({ bridge }) => !present.some((link) => link.name === bridge && link.isUp))
  const problems = keepers.has(topology.wireName) ? missing.map(({ bridge }) => `${bridge} is missing`) : notRunning
  return { name: topology.wireName, ready: problems.length === 0, problems, segments }
}
