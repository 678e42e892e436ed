// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createProject } from './create'
import { listProjects } from './list'
import { removeProject } from './remove'

export const projectsRouter = router({ list: listProjects, create: createProject, remove: removeProject })
