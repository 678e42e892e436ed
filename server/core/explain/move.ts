// Why a move of VMs between hosts came to nothing, on the host that did nothing wrong.

import type { MoveFailure, MoveFailureParams } from '../plan/moves'
import { sayCoded, type Messages } from './message'
import { joinWords } from './words'

const failures: Messages<MoveFailureParams> = {
  'not-let-go': ({ vm, host }) => `${vm} was not started here: ${host} did not let it go`,
  'may-run-there': ({ vm, host }) => `${vm} was not started here again: it may still run on ${host}`,
  'other-failed': ({ vms, host }) => `${joinWords(vms)} did not move, since ${host} failed`,
}

export const explainMoveFailure = (failure: MoveFailure): string => sayCoded(failures, failure)
