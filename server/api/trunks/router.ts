// Index of verbs; each has its own file.

import { router } from '../trpc'
import { addSubPorts } from './add-sub-ports'
import { auditTrunk } from './audit'
import { configureGuest } from './configure-guest'
import { createTrunk } from './create'
import { getTrunk } from './get'
import { guestAgent } from './guest-agent'
import { guestCommands } from './guest-commands'
import { listTrunks } from './list'
import { listenToTrunk } from './listen'
import { moveSubPort } from './move-sub-port'
import { removeTrunk } from './remove'
import { removeSubPorts } from './remove-sub-ports'
import { updateTrunk } from './update'

export const trunksRouter = router({
  list: listTrunks,
  get: getTrunk,
  create: createTrunk,
  update: updateTrunk,
  remove: removeTrunk,
  addSubports: addSubPorts,
  moveSubport: moveSubPort,
  removeSubports: removeSubPorts,
  guestCommands,
  guestAgent,
  configureGuest,
  audit: auditTrunk,
  listen: listenToTrunk,
})
