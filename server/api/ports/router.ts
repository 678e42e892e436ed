// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createPort } from './create'
import { listPorts } from './list'
import { removePort } from './remove'
import { updatePort } from './update'

export const portsRouter = router({ list: listPorts, create: createPort, update: updatePort, remove: removePort })
