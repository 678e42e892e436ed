// What a host's state is called and what to do about it. The sentence of what happened is the error's own.

import type { HostHealth, HostHealthStatus } from '../host/host-health'

const LABELS: Record<HostHealthStatus, string> = {
  reachable: 'Reachable',
  unreachable: 'Unreachable',
  untrusted: 'Key not accepted',
  login_refused: 'Login refused',
  sudo_refused: 'Sudo refused',
  unreadable: 'Not readable',
  unknown: 'Not read yet',
}

/** After a start of the console, old readings are there but nobody looked yet. */
export const hostHealthLabel = ({ status, observedAt }: Pick<HostHealth, 'status' | 'observedAt'>): string =>
  status === 'unknown' && observedAt !== null ? 'Not checked' : LABELS[status]

/** Why a host cannot be read. */
export const hostHealthSentence = (name: string, { said }: Pick<HostHealth, 'said'>): string => said ?? `${name} cannot be read.`

const NEXT_STEPS: Record<HostHealthStatus, string | null> = {
  reachable: null,
  unreachable: 'Check that the address and port answer from the console’s machine, then try again.',
  untrusted: 'Compare the key that the host shows with the host’s own before you accept it.',
  login_refused: 'Correct how it is entered under Settings → Access: its user, key or password.',
  sudo_refused: 'The login works, but it does not become root. Add the line on the host, or enter it as another user.',
  unreadable: 'The login works. Mend what the sentence names on the host, then try again.',
  unknown: null,
}

/** What the operator does next; null when there is nothing to mend. */
export const hostHealthNextStep = ({ status, sudoersLine }: HostHealth): string | null =>
  // Without sudo no line helps; the error itself says to install it.
  status === 'sudo_refused' && sudoersLine === null ? 'The login works, but it does not become root.' : NEXT_STEPS[status]
