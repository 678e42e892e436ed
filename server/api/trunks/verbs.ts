// What is asked of trunks beyond the plain verbs; each has its own file.

import { addSubPorts } from './add-sub-ports'
import { auditTrunk } from './audit'
import { configureGuest } from './configure-guest'
import { getTrunk } from './get'
import { guestAgent } from './guest-agent'
import { guestCommands } from './guest-commands'
import { listTrunks } from './list'
import { listenToTrunk } from './listen'
import { moveSubPort } from './move-sub-port'
import { removeSubPorts } from './remove-sub-ports'

export const trunkVerbs = {
  list: listTrunks,
  get: getTrunk,
  addSubports: addSubPorts,
  moveSubport: moveSubPort,
  removeSubports: removeSubPorts,
  guestCommands,
  guestAgent,
  configureGuest,
  audit: auditTrunk,
  listen: listenToTrunk,
}
