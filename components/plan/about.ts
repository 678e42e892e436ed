// What of a plan is about one object of the design. A command does not say whom it is for, but it names what it makes: devices, namespaces,
// chains, MACs, addresses, and the names of ours are made of ids (core/naming.ts). Pure.

import { addressText, type ShownObject, type TopologyIndex } from '@/components/lib/topology-index'
import { portsIn } from '@/components/security-groups/security-group-rows'
import { egressChain, ingressChain, memberSet, sourceChain } from '@/server/core/compile/security-groups/chain-names'
import { fprName, rfpName, routerNamespace, snatNamespace, trunkBridgeName } from '@/server/core/naming'
import type { HostPlan, Plan, Step } from '@/server/core/plan/plan'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { portDevices } from '@/server/core/topology/kinds/port/port-devices'
import { interfacesOf } from '@/server/core/topology/router-ports'

export interface About {
  /** Of the object, and of the ports that are its own. */
  readonly ids: ReadonlySet<string>
  /** Ports that notice when it changes. */
  readonly portIds: ReadonlySet<string>
  /** One of these is in each of its commands. */
  readonly words: readonly string[]
}

export function aboutObject(index: TopologyIndex, object: ShownObject): About {
  const { id } = object.item
  const own = index.topology.ports.filter((port) => port.deviceId === id || port.id === id)
  return {
    ids: new Set([id, ...own.map((port) => port.id)]),
    portIds: new Set([...own, ...servedBy(index, object)].map((port) => port.id)),
    words: [id, ...own.flatMap((port) => portWords(index, port)), ...objectWords(index, object)],
  }
}

function portWords({ topology }: TopologyIndex, port: Port): string[] {
  const devices = Object.values(portDevices(topology, port))
  // The MAC of a floating IP's own port is on no host; its address is.
  return devices.length > 0 ? [...devices, port.macAddress] : [addressText(port)]
}

function objectWords(index: TopologyIndex, object: ShownObject): string[] {
  const { id } = object.item
  switch (object.kind) {
    case 'router':
      return [routerNamespace(id), snatNamespace(id), rfpName(id), fprName(id)]
    case 'trunk':
      return [trunkBridgeName(id)]
    case 'securityGroup':
      return [
        memberSet(object.item, 'ipv4'),
        memberSet(object.item, 'ipv6'),
        ...portsIn(index, id).flatMap((port) => [ingressChain(port), egressChain(port), sourceChain(port)]),
      ]
    default:
      return []
  }
}

function servedBy(index: TopologyIndex, object: ShownObject): readonly Port[] {
  switch (object.kind) {
    case 'router':
      return interfacesOf(index.topology.ports, object.item.id).flatMap(({ networkId }) => index.portsOf(networkId))
    case 'securityGroup':
      return portsIn(index, object.item.id)
    case 'floatingIp':
      return [index.port(object.item.fixedPortId ?? '') ?? []].flat()
    default:
      return []
  }
}

/** The same plan with what is about that object, and nothing else. */
export const planAbout = (plan: Plan, about: About): Plan => ({
  ...plan,
  objects: plan.objects.filter(({ id }) => about.ids.has(id)),
  hosts: plan.hosts.map((host) => hostAbout(host, about)),
  impacts: plan.impacts.filter(({ portId }) => portId !== null && about.portIds.has(portId)),
})

const hostAbout = (host: HostPlan, { ids, words }: About): HostPlan => {
  const isNamed = (text: string) => words.some((word) => hasWord(text, word))
  const isAbout = ({ title, reason, command: { argv, stdin } }: Step) => isNamed([title, reason, ...argv, stdin ?? ''].join(' '))
  return {
    ...host,
    changes: host.changes.filter(
      ({ owner, key, label, fields }) =>
        (owner !== null && ids.has(owner.id)) ||
        isNamed([key, label, ...fields.flatMap(({ from, to }) => [from ?? '', to ?? ''])].join(' ')),
    ),
    steps: host.steps.filter(isAbout),
    undo: host.undo.filter(isAbout),
  }
}

/** 10.0.0.2 is not in 10.0.0.20. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isDigit(text[at - 1]) && !isDigit(text[at + word.length])) return true
  return false
}

const isDigit = (character = ''): boolean => /\d/.test(character)
