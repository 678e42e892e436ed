// What deleting an object takes with it, and why it cannot be deleted now. Pure; the server has the last word.

import { objectName, portLabel, trunkLabel, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'
import { plural } from '@/server/core/explain/words'

export interface Removal {
  /** "network blue" */
  readonly what: string
  /** "Delete network" */
  readonly verb: string
  /** Names of everything that goes along. */
  readonly destroyed: readonly string[]
  /** null: may be deleted. */
  readonly refusal: string | null
}

const WORDS: Record<DesignObject['kind'], string> = {
  project: 'project',
  physicalNetwork: 'physical network',
  network: 'network',
  subnet: 'subnet',
  port: 'port',
  vm: 'VM',
  trunk: 'trunk',
}

export const kindWord = (object: DesignObject): string => WORDS[object.kind]

export function describeRemoval(index: TopologyIndex, object: DesignObject): Removal {
  const word = kindWord(object)
  return {
    what: `${word} ${objectName(index, object)}`,
    verb: `Delete ${word}`,
    destroyed: listDestroyed(index, object),
    refusal: refusalOf(index, object),
  }
}

function listDestroyed(index: TopologyIndex, object: DesignObject): string[] {
  switch (object.kind) {
    case 'network':
      return [
        ...index.subnetsOf(object.network.id).map((subnet) => `subnet ${subnet.name} ${subnet.cidr}`),
        ...index.portsOf(object.network.id).map((port) => `port ${portLabel(index, port)}`),
      ]
    case 'vm':
      return object.vm.portIds.flatMap((id) => {
        const port = index.port(id)
        const isKept = index.trunkOf(id) !== undefined || object.vm.keptPortIds?.includes(id) === true
        return port && !isKept ? [`port ${portLabel(index, port)} ${port.macAddress}`] : []
      })
    default:
      return []
  }
}

function refusalOf(index: TopologyIndex, object: DesignObject): string | null {
  const { networks, vms } = index.topology
  switch (object.kind) {
    case 'project':
      return (
        stillThere(networks.filter((each) => each.projectId === object.project.id).length, 'network', 'in it') ??
        stillThere(vms.filter((each) => each.projectId === object.project.id).length, 'VM', 'in it')
      )
    case 'physicalNetwork':
      return stillThere(
        networks.filter((each) => each.physicalNetworkId === object.physicalNetwork.id).length,
        'network',
        'on it',
      )
    case 'network':
      return stillThere(
        index.portsOf(object.network.id).filter((port) => port.deviceOwner !== 'network:dhcp').length,
        'port',
        'in it',
      )
    case 'port':
      if (object.port.deviceOwner === 'network:dhcp') return 'The DHCP port follows the subnet’s DHCP switch.'
      return usedByTrunk(index, object.port.id) ?? (index.vmOf(object.port) ? 'A VM uses it, and takes it along when it is deleted.' : null)
    case 'trunk':
      return object.trunk.isAdminStateUp ? null : 'It is administratively down. Set it up first.'
    case 'subnet':
    case 'vm':
      return null
  }
}

function usedByTrunk(index: TopologyIndex, portId: string): string | null {
  const parent = index.trunkOf(portId)
  if (parent) return `It is the parent of ${trunkLabel(index, parent)}. Delete the trunk first.`
  const member = index.memberOf(portId)
  return member ? `It is a subport of ${trunkLabel(index, member.trunk)}. Take it out of the trunk first.` : null
}

const stillThere = (count: number, word: string, where: string): string | null =>
  count === 0 ? null : `${plural(count, word)} ${where}. Delete ${count === 1 ? 'it' : 'them'} first.`
