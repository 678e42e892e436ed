// One `up` or `down` at a time per lab. The lock is a listening socket with an abstract name: the kernel frees it when
// its process ends, however it ends, so that there is never a stale lock and never a lock file to clean up.

import { createServer, type Server } from 'node:net'
import { LabError } from './errors'
import { sleep } from './wait'

/** Longer than the slowest honest holder: a first `up` with VM hosts on a busy machine. */
const patienceMs = 360_000

export async function withLock<T>(subject: string, work: () => Promise<T>): Promise<T> {
  const server = await takeLock(subject)
  try {
    return await work()
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

async function takeLock(subject: string): Promise<Server> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const server = await tryLock(subject)
    if (server !== undefined) return server
    if (Date.now() > deadline) throw new LabError(`another process has been at work on "${subject}" for ${patienceMs / 1000} s`)
    await sleep(100)
  }
}

function tryLock(subject: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen({ path: `\0tapline-lab/${subject}` }, () => resolve(server))
  })
}
