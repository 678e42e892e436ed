// Rules of projects.

import { groupsOfProject } from '../../lookup'
import { checkName, checkNameFree } from '../../rules/names'
import { namesOf, refuse } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import type { Violation } from '../../violation'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import type { DesignObject } from '../kind'
import { DEFAULT_GROUP } from '../security-group/security-group'
import { checkGroupUnused } from '../security-group/security-group-rules'
import { labelTrunk } from '../trunk/trunk-label'
import type { Project } from './project'

export function checkProject(topology: Topology, project: Project): Violation[] {
  return [...checkName(project.name), ...checkNameFree('project', topology.projects, project)]
}

export function checkProjectRemoval(topology: Topology, project: Project): Violation[] {
  const trunks = topology.trunks.map((trunk) => ({ projectId: trunk.projectId, name: labelTrunk(topology, trunk) }))
  const floatingIps = topology.floatingIps.map((each) => ({ projectId: each.projectId, name: labelFloatingIp(topology, each) }))
  const groups = groupsOfProject(topology.securityGroups, project.id)
  const madeHere = groups.filter(({ name }) => name !== DEFAULT_GROUP)
  const keptFor = topology.hostAggregates.map(({ name, projectIds }) => ({ name, projectId: projectIds.find((id) => id === project.id) }))
  const users = namesOf(
    [...topology.networks, ...topology.routers, ...floatingIps, ...topology.vms, ...trunks, ...madeHere, ...keptFor].filter(
      (each) => each.projectId === project.id,
    ),
  )
  if (users.length > 0) return refuse('project-empty', users, { project: project.name, users })
  // A port that was a VM's may have outlived it.
  return groups.flatMap((group) => checkGroupUnused(topology, group))
}

/** Its `default` group. */
export const takenByProject = ({ securityGroups }: Topology, { id }: Project): DesignObject[] =>
  groupsOfProject(securityGroups, id).map((item) => ({ kind: 'securityGroup' as const, item }))
