// Why a move between hosts came to nothing, on the host that did nothing wrong.

import type { MoveFailure, MoveFailureParams } from '../plan/moves'
import { sayCoded, type Messages } from './message'
import { joinWords } from './words'

const failures: Messages<MoveFailureParams> = {
  'not-let-go': ({ what, host }) => `${what} was not brought here: ${host} did not let it go`,
  'may-run-there': ({ what, host }) => `${what} was not brought back here: it may still be on ${host}`,
  'other-failed': ({ whats, host }) => `${joinWords(whats)} did not move, since ${host} failed`,
}

export const explainMoveFailure = (failure: MoveFailure): string => sayCoded(failures, failure)
