// Rules of projects.

import { checkName, checkNameFree } from '../../rules/names'
import { namesOf, refuse } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import type { Violation } from '../../violation'
import { labelTrunk } from '../trunk/trunk-label'
import type { Project } from './project'

export function checkProject(topology: Topology, project: Project): Violation[] {
  return [...checkName(project.name), ...checkNameFree('project', topology.projects, project)]
}

export function checkProjectRemoval(topology: Topology, project: Project): Violation[] {
  const trunks = topology.trunks.map((trunk) => ({ projectId: trunk.projectId, name: labelTrunk(topology, trunk) }))
  const users = namesOf([...topology.networks, ...topology.vms, ...trunks].filter((each) => each.projectId === project.id))
  return refuse('project-empty', users, { project: project.name, users })
}
