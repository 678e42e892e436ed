// Edits of projects.

import { acceptedUnless, refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { projectInput, projectPatchInput, type ProjectInput, type ProjectPatch } from './project-input'
import { sortTopology } from '../../order'
import { checkProject, checkProjectRemoval } from './project-rules'
import { checkSeen } from '../../rules/seen-rules'
import { makeDefaultGroup } from '../security-group/make-rules'
import { missing } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'

export function createProject(input: ProjectInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const project = { id: ids.uuid(), name: input.name }
    const securityGroups = put(topology.securityGroups, makeDefaultGroup(project.id, ids))
    const next = { ...topology, projects: put(topology.projects, project), securityGroups }
    return acceptedUnless(checkProject(topology, project), sortTopology(next), { id: project.id })
  }
}

function updateProject(id: string, patch: ProjectPatch): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.projects, id)
    if (!before) return refused(missing('project', 'id'))
    const project = { ...before, name: patch.name ?? before.name }
    const next = { ...topology, projects: put(topology.projects, project) }
    return acceptedUnless([...checkSeen(topology, 'project', before, patch), ...checkProject(topology, project)], sortTopology(next), {
      id,
    })
  }
}

export function removeProject(id: string): TopologyEdit<{ id: string }> {
  return (topology) => {
    const project = findById(topology.projects, id)
    if (!project) return refused(missing('project', 'id'))
    const securityGroups = topology.securityGroups.filter(({ projectId }) => projectId !== id)
    const next = { ...topology, projects: othersThan(topology.projects, project), securityGroups }
    return acceptedUnless(checkProjectRemoval(topology, project), next, { id })
  }
}

export const projectEdits = {
  create: creation('project', projectInput, (input, { ids }) => createProject(input, ids)),
  update: change('project', projectPatchInput, updateProject),
  remove: removeProject,
} satisfies KindEdits
