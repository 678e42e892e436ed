// Edits of projects.

import { acceptedUnless, refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { type ProjectInput, projectInput } from './project-input'
import { sortTopology } from '../../order'
import { checkProject, checkProjectRemoval } from './project-rules'
import { missing } from '../../violation'
import { creation, type KindEdits } from '../kind-edits'

export function createProject(input: ProjectInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const project = { id: ids.uuid(), name: input.name }
    const next = { ...topology, projects: put(topology.projects, project) }
    return acceptedUnless(checkProject(topology, project), sortTopology(next), { id: project.id })
  }
}

export function removeProject(id: string): TopologyEdit<{ id: string }> {
  return (topology) => {
    const project = findById(topology.projects, id)
    if (!project) return refused(missing('project', 'id'))
    const next = { ...topology, projects: othersThan(topology.projects, project) }
    return acceptedUnless(checkProjectRemoval(topology, project), next, { id })
  }
}

export const projectEdits = {
  create: creation('project', projectInput, (input, { ids }) => createProject(input, ids)),
  remove: removeProject,
} satisfies KindEdits
