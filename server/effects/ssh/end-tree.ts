// Ends a process tree on a host, over a control channel that commands cannot occupy. Used to cancel, to time out, to stop
// a stream, and to clear what a lost connection left running, so that no capture outlives the console's interest in it.
// Never throws: the caller is already reporting something, and only needs to know whether the tree is gone.

import type { ClientChannel } from 'ssh2'
import type { SshConnection } from './connection'
import { within } from './deferred'
import { needsSudo } from './host-access'
import { type RemoteTree, renderEnd } from './remote-script'

/** Signals, sent in turn to what is still alive; how long each is given stands in the times of the connection. */
export type EndManner = readonly string[]

/** For commands: time to undo a half-written file, then no mercy. */
export const END_COMMAND: EndManner = ['TERM', 'KILL']

/** For captures: tcpdump writes out its buffer on SIGINT, as it would for an operator's Ctrl-C. */
export const END_STREAM: EndManner = ['INT', 'TERM', 'KILL']

/** Start of the remote script, its looks at /proc on a busy host and the way back, on top of the pauses that it makes. */
const OVERHEAD_MS = 10_000

/** True when nothing of the tree is left, false when that could not be brought about or learned. */
export async function endTree(connection: SshConnection, tree: RemoteTree, manner: EndManner): Promise<boolean> {
  const release = await connection.controls.acquire()
  try {
    const hasSudo = tree.isPrivileged && needsSudo(connection.access)
    const line = renderEnd(tree.identity, manner, connection.endPatienceMs, hasSudo)
    const deadlineMs = manner.length * connection.endPatienceMs + OVERHEAD_MS
    // Bounded as a whole: on a network that has just died, the operator's cancel must not wait for the keep-alive.
    return (
      (await within(
        deadlineMs,
        connection.exec(line, (channel) => exitCodeOf(channel, deadlineMs)),
      )) === 0
    )
  } finally {
    release()
  }
}

/** Clears what an earlier connection to the same host had to leave; what cannot be cleared now is tried next time. */
export async function endLeftBehind(connection: SshConnection, trees: readonly RemoteTree[]): Promise<void> {
  for (const tree of trees) {
    const isEnded = await endTree(connection, tree, END_COMMAND)
    if (!isEnded) connection.leftBehind.push(tree)
  }
}

function exitCodeOf(channel: ClientChannel, deadlineMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => channel.close(), deadlineMs)
    channel.resume()
    channel.stderr.resume()
    channel.on('error', () => undefined)
    channel.on('close', (code: number | null | undefined) => {
      clearTimeout(timer)
      resolve(code ?? null)
    })
    channel.end()
  })
}
