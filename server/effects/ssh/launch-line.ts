// Finds the launch line in the first bytes of stdout or stderr and takes it out, so that what follows is the command's alone. What
// comes before it is the login's noise (a missing home directory, an echo in .bashrc) and is kept only to explain a login that
// never started the command. On stdout the line is empty. Sample of stderr: "\x1e<token> 6f1c…-boot-id 4711 4711 (sh) S 4700 4711 4711 0 -1 … 183947 …\n".

import { LAUNCH_MARK, type RemoteIdentity } from './remote-script'

/** Of a greeting, as much is kept as the line itself can be long, and enough to quote. */
const MAX_HELD_BYTES = 16 * 1024

/** Fields after the command name of proc_pid_stat(5) start at number 3; the start time is number 22. */
const START_TIME_INDEX = 22 - 3

export class LaunchLine {
  #held = Buffer.alloc(0)
  #isDone = false
  #identity: RemoteIdentity | null = null

  constructor(
    private readonly token: string,
    private readonly onFound: () => void,
  ) {}

  /** True once the command itself was reached. */
  get isFound(): boolean {
    return this.#isDone
  }

  get identity(): RemoteIdentity | null {
    return this.#identity
  }

  /** What the login said instead of starting the command. */
  get heldText(): string {
    return this.#held.toString('utf8').trim()
  }

  /** Takes a piece of stderr and returns the part that belongs to the command. */
  push(chunk: Buffer): Buffer {
    if (this.#isDone) return chunk
    this.#held = Buffer.concat([this.#held, chunk])
    const start = this.#held.indexOf(`${LAUNCH_MARK}${this.token} `)
    const end = start < 0 ? -1 : this.#held.indexOf('\n', start)
    if (end >= 0) return this.#finish(start, end)
    // A line that has begun is a short one; before it, only the end of what came can still be its beginning.
    if (this.#held.length > MAX_HELD_BYTES) this.#held = this.#held.subarray(-MAX_HELD_BYTES)
    return Buffer.alloc(0)
  }

  #finish(start: number, end: number): Buffer {
    const line = this.#held.toString('utf8', start + LAUNCH_MARK.length + this.token.length + 1, end)
    const rest = this.#held.subarray(end + 1)
    this.#held = Buffer.alloc(0)
    this.#isDone = true
    this.#identity = parseIdentity(line)
    this.onFound()
    return rest
  }
}

/**
 * The pid stands there twice, as the shell knows it and as /proc does. Where they differ, /proc shows another pid
 * namespace, and a signal would hit a stranger; then, as without /proc, the tree is not ended by pid (null).
 */
function parseIdentity(line: string): RemoteIdentity | null {
  const match = /^(?<bootId>[0-9a-f-]{36}) (?<pid>\d+) \k<pid> \(.*\) (?<fields>.+)$/.exec(line)
  const { bootId, pid, fields } = match?.groups ?? {}
  const startTicks = fields?.split(' ')[START_TIME_INDEX]
  if (bootId === undefined || pid === undefined || startTicks === undefined) return null
  return { bootId, pid: Number(pid), startTicks }
}
