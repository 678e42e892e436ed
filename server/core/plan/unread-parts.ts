// Which unknown parts of a reading matter to us: those where something of ours can be, by the design, by a mark that was read, or by
// the last reading that knew the part. A foreign bridge or namespace that does not answer is nobody's obstacle.

import { traitsOf } from '../agents/agent-traits'
import { emptyHostState, isEmptyState, type HostState, kindNames } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { mayHide, unknownParts } from '../host/unknown-parts'
import type { UnknownPart } from '../host/unknown-part'
import type { Host } from '../topology/kinds/host/host'
import { ownResources } from './own-part'

/** `wanted`: what the host is compared with. No conclusion may be drawn from a comparison while there is one of these. */
export function unreadParts(host: Pick<Host, 'agentKind'>, wanted: HostState, observation: HostObservation): readonly UnknownPart[] {
  const parts = unknownParts(observation)
  if (parts.length === 0) return []
  const concerned = [wanted, ownResources(observation.state), observation.unseen ?? emptyHostState]
  return concerned.every(isEmptyState) ? [] : parts.filter((part) => concerned.some((state) => mattersTo(host, part, state)))
}

function mattersTo(host: Pick<Host, 'agentKind'>, part: UnknownPart, state: HostState): boolean {
  if (isEmptyState(state)) return false
  const hides = () => kindNames.some((kind) => state[kind].some((resource) => mayHide(part, kind, resource)))
  if (part.foreign || part.mayBeIdle) return hides()
  if (part.bridge !== undefined) return isUsed(host, state) && namesBridge(state, part.bridge)
  if (part.netns) return namesNamespace(state, part.netns)
  return part.kinds.includes('ovsBridges') ? isUsed(host, state) : true
}

/** Open vSwitch may lie idle where nothing is built in it. */
const isUsed = (host: Pick<Host, 'agentKind'>, { ovsBridges, ovsPorts, flows }: HostState): boolean =>
  traitsOf(host).usesOpenvswitch || ovsBridges.length + ovsPorts.length + flows.length > 0

const namesBridge = ({ ovsBridges, ovsPorts, flows }: HostState, bridge: string): boolean =>
  ovsBridges.some(({ name }) => name === bridge) || [ovsPorts, flows].some((list) => list.some((each) => each.bridge === bridge))

const namesNamespace = (state: HostState, netns: string): boolean =>
  state.namespaces.some(({ name }) => name === netns) ||
  kindNames.some((kind) => state[kind].some((each) => 'netns' in each && each.netns === netns))
