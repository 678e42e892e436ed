// Projects as rows.

import type { Project } from '@/server/core/topology/kinds/project/project'
import { inIds, parked, type Table } from './table'

export const projectTable: Table<Project> = {
  load: (tx) => tx.project.findMany(),
  remove: (tx, ids) => tx.project.deleteMany({ where: { id: inIds(ids) } }),
  park: (tx, id) => tx.project.update({ where: { id }, data: { name: parked(id) } }),
  update: (tx, project) => tx.project.update({ where: { id: project.id }, data: { name: project.name } }),
  create: (tx, projects) => tx.project.createMany({ data: projects.map(({ id, name }) => ({ id, name })) }),
}
