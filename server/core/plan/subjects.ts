// What the findings of a plan are about.

import type { Coded, Subject } from '../finding'
import { titleOf, type Domain } from '../host/domain'
import { linkKey, type Link } from '../host/link'
import { ovsPortKey, type OvsPort } from '../host/ovs'
import { labelTrunk } from '../topology/kinds/trunk/trunk-label'
import type { Host } from '../topology/kinds/host/host'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import type { Blocked, BlockedParams } from './plan-params'

export const hostSubject = ({ id, name }: Pick<Host, 'id' | 'name'>): Subject => ({ kind: 'host', id, name })
export const linkSubject = (link: Pick<Link, 'netns' | 'name'>): Subject => ({ kind: 'links', id: linkKey(link), name: link.name })
export const ovsPortSubject = (port: Pick<OvsPort, 'bridge' | 'name'>): Subject => ({
  kind: 'ovsPorts',
  id: ovsPortKey(port),
  name: port.name,
})

export const domainSubject = (domain: Pick<Domain, 'uuid' | 'name' | 'title'>): Subject => ({
  kind: 'domains',
  id: domain.uuid,
  name: titleOf(domain),
})

export const trunkSubject = (topology: Topology, trunk: Trunk): Subject => ({
  kind: 'trunk',
  id: trunk.id,
  name: labelTrunk(topology, trunk),
})

export const block = (subject: Subject, found: Coded<BlockedParams>): Blocked => ({ severity: 'error', subject, ...found })
