// The wire: a node that plays the switch, one plain bridge per segment, and a veth pair per NIC. Both ends are made
// inside nodes, so the machine's own network never sees an interface. What routes there, the world outside and the fabric router,
// gets its addresses with its cable.

import { LabError } from '../errors'
import { must } from '../run'
import { cablesOf, cablesWith, fabric, outside, segmentsWith, wireName, type CableSpec, type Extras } from '../topology'
import { enter, type Keeper } from './keeper'

export interface Link {
  readonly name: string
  readonly isUp: boolean
  readonly master?: string
}

type Keepers = ReadonlyMap<string, Keeper>

/** Switch, cables and the addresses of what routes. Touches only what is missing. */
export async function ensureCabling(keepers: Keepers, extras: Extras): Promise<void> {
  const wire = keeperOf(keepers, wireName)
  await ensureSwitch(wire, extras)
  const missing = await findMissingCables(keepers, extras)
  await plug(keepers, wire, missing)
  await Promise.all(missing.map((cable) => disableChecksumOffload(keeperOf(keepers, cable.node), cable.nic)))
  for (const [node, address] of addressed) if (missing.some((cable) => cable.node === node)) await address(keeperOf(keepers, node))
}

export async function listLinks(keeper: Keeper): Promise<readonly Link[]> {
  const output = await must(enter(keeper, ['ip', '-json', 'link', 'show']))
  return parseLinks(output)
}

/** `ip -json link show`: one object per link; `flags` holds UP when the link was switched on. */
export function parseLinks(json: string): readonly Link[] {
  const links: unknown = JSON.parse(json)
  if (!Array.isArray(links)) throw new LabError('ip -json link: not a list')
  return links.map((link: { ifname: string; flags: readonly string[]; master?: string }) => ({
    name: link.ifname,
    isUp: link.flags.includes('UP'),
    ...(link.master === undefined ? {} : { master: link.master }),
  }))
}

/** The node's NICs that are not as they should be, in words. NICs that are switched off are the operator's matter. */
export function findCableProblems(
  node: string,
  nodeLinks: readonly Link[],
  wireLinks: readonly Link[],
  extras: Extras = [],
): readonly string[] {
  return cablesOf(node, extras)
    .filter((cable) => !isPlugged(cable, nodeLinks, wireLinks))
    .map((cable) => `${cable.nic} is not plugged in`)
}

function isPlugged(cable: CableSpec, nodeLinks: readonly Link[], wireLinks: readonly Link[]): boolean {
  const port = wireLinks.find((link) => link.name === cable.switchPort)
  return port?.master === cable.bridge && nodeLinks.some((link) => link.name === cable.nic)
}

async function ensureSwitch(wire: Keeper, extras: Extras): Promise<void> {
  const present = new Set((await listLinks(wire)).map((link) => link.name))
  const absent = segmentsWith(extras).filter((segment) => !present.has(segment.bridge))
  if (absent.length === 0) return
  await silence(wire)
  const lines = absent.flatMap(({ bridge }) => [
    `link add ${bridge} type bridge stp_state 0 mcast_snooping 0 forward_delay 0`,
    `link set ${bridge} up`,
  ])
  await batch(wire, lines)
}

/** A node that only switches: it has no IP of its own, and filters nothing of what it bridges. */
export async function silence(keeper: Keeper): Promise<void> {
  await must(enter(keeper, ['sysctl', '-q', '-w', ...quietSysctls]))
}

const quietSysctls = [
  'net.ipv6.conf.all.disable_ipv6=1',
  'net.ipv6.conf.default.disable_ipv6=1',
  'net.bridge.bridge-nf-call-iptables=0',
  'net.bridge.bridge-nf-call-ip6tables=0',
  'net.bridge.bridge-nf-call-arptables=0',
] as const

async function findMissingCables(keepers: Keepers, extras: Extras): Promise<readonly CableSpec[]> {
  const links = new Map(await Promise.all([...keepers.values()].map(async (keeper) => [keeper.node, await listLinks(keeper)] as const)))
  const linksOf = (node: string): readonly Link[] => links.get(node) ?? []
  const expected = cablesWith(extras).filter((cable) => keepers.has(cable.node))
  return expected.filter((cable) => !isPlugged(cable, linksOf(cable.node), linksOf(wireName)))
}

/** A half cable (its NIC renamed or moved away by somebody) is pulled out first: deleting one end deletes both. */
async function plug(keepers: Keepers, wire: Keeper, missing: readonly CableSpec[]): Promise<void> {
  if (missing.length === 0) return
  const present = new Set((await listLinks(wire)).map((link) => link.name))
  await batch(
    wire,
    missing.filter(({ switchPort }) => present.has(switchPort)).map(({ switchPort }) => `link del ${switchPort}`),
  )
  await batch(
    wire,
    missing.flatMap((cable) => plugLines(cable, keeperOf(keepers, cable.node))),
  )
  await Promise.all(
    [...new Set(missing.map((cable) => cable.node))].map((node) =>
      batch(keeperOf(keepers, node), missing.filter((cable) => cable.node === node).map(upLine)),
    ),
  )
}

/**
 * The wire's pid namespace does not know the node's number; that is why `ip` is entered by network only. A machine has its
 * address itself: on this end too, the bridge between them would keep what is for the machine.
 */
function plugLines(cable: CableSpec, node: Keeper): readonly string[] {
  const address = cable.isVm ? '' : `address ${cable.mac} `
  return [
    `link add ${cable.switchPort} type veth peer name ${cable.nic} ${address}netns ${node.pid}`,
    `link set ${cable.switchPort} master ${cable.bridge} up`,
  ]
}

/** Bare means without any address, also without the link-local one that IPv6 would add (and talk about). */
const upLine = ({ nic }: CableSpec): string => `link set ${nic} addrgenmode none up`

async function batch(keeper: Keeper, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const argv = ['nsenter', '--target', String(keeper.pid), '--net', '--', 'ip', '-batch', '-']
  await must(argv, { stdin: `${lines.join('\n')}\n` })
}

/**
 * A veth normally leaves TCP and UDP checksums to a NIC that will never come. The kernel does not mind; the userspace
 * datapath passes such packets on as they are and the receiver drops them, so ICMP works and TCP does not.
 */
async function disableChecksumOffload(keeper: Keeper, nic: string): Promise<void> {
  await must(enter(keeper, ['ethtool', '-K', nic, 'tx', 'off']))
}

async function addressOutside(keeper: Keeper): Promise<void> {
  await batch(
    keeper,
    outside.addresses.map((address) => `addr replace ${address} dev ${outside.nic}`),
  )
}

async function addressFabric(keeper: Keeper): Promise<void> {
  await must(enter(keeper, ['sysctl', '-q', '-w', ...routerSysctls]))
  await batch(keeper, [
    ...fabric.legs.map(({ nic, address }) => `addr replace ${address} dev ${nic}`),
    `route replace default via ${outside.gateway}`,
  ])
}

const routerSysctls = [
  'net.ipv4.ip_forward=1',
  // Where two neighbours lead to an address, the ports decide, too: the source port of VXLAN tells flows of guests apart.
  'net.ipv4.fib_multipath_hash_policy=1',
  // Hosts and gateways are in one tunnel network; they are not to be told to do without the router, which knows who lives.
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
  ...fabric.legs.map(({ nic }) => `net.ipv4.conf.${nic}.send_redirects=0`),
]

const addressed = [
  [outside.name, addressOutside],
  [fabric.name, addressFabric],
] as const

function keeperOf(keepers: Keepers, node: string): Keeper {
  const keeper = keepers.get(node)
  if (keeper === undefined) throw new LabError(`${node} is not running`)
  return keeper
}
