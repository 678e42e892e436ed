// One libSQL connection for all transactions of a client, in place of the client's own way with transactions: it opens a new connection for
// each and closes none, which costs a process that writes all day its file handles. Prisma's adapter lets nothing else run
// while a transaction is open, so BEGIN and COMMIT on the one connection are enough.
//
// A statement that failed stays unfinished in libSQL until the garbage collector finds it, and SQLite commits nothing while
// a statement is unfinished. So after a failure the connection is replaced.

import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaLibSql } from '@prisma/adapter-libsql'

/** How long another process may write before we give up on it. */
const BUSY_TIMEOUT_MS = 15_000
/** SQLite's own waiting would stop the event loop, so we ask again instead: soon at first, then at leisure. */
const FIRST_BUSY_PAUSE_MS = 10
const LONGEST_BUSY_PAUSE_MS = 250

type Config = ConstructorParameters<typeof PrismaLibSql>[0]
type Client = ReturnType<PrismaLibSql['createClient']>
type Transaction = Awaited<ReturnType<Client['transaction']>>
type Statement = Parameters<Transaction['execute']>[0]

/** What a transaction begins with. */
export type Begin = readonly string[]

export const READ: Begin = ['BEGIN DEFERRED']
/** Takes the writer's place before anything is read, so nothing that was read is stale when it is written. */
export const WRITE: Begin = ['BEGIN IMMEDIATE']
/**
 * SQLite does not wait for the disk at the end of it: the log is flushed with the next WRITE, and before its pages go into the database, so
 * a power cut loses the last of these and damages nothing (https://www.sqlite.org/pragma.html#pragma_synchronous). Said each time, since the
 * connection may be a new one.
 */
export const NOTE: Begin = ['PRAGMA synchronous = NORMAL', ...WRITE]

export class OneConnection extends PrismaLibSql {
  readonly #begin: Begin

  constructor(config: Config, begin: Begin) {
    super(config)
    this.#begin = begin
  }

  override createClient(config: Config): Client {
    const client = super.createClient(config)
    const own = {
      execute: (statement: Statement) => executeAlone(client, statement),
      transaction: () => beginTransaction(client, this.#begin),
    }
    return new Proxy(client, {
      get: (_target, key) => {
        if (key === 'execute' || key === 'transaction') return own[key]
        const member: unknown = Reflect.get(client, key, client)
        return typeof member === 'function' ? member.bind(client) : member
      },
    })
  }
}

async function executeAlone(client: Client, statement: Statement) {
  try {
    return await client.execute(statement)
  } catch (error) {
    await client.reconnect()
    throw error
  }
}

async function beginTransaction(client: Client, begin: Begin): Promise<Transaction> {
  await beginWhenFree(client, begin)
  let isOpen = true
  let hasFailed = false
  const execute = async (statement: Statement) => {
    try {
      return await client.execute(statement)
    } catch (error) {
      hasFailed = true
      throw error
    }
  }
  const end = async (sql: 'COMMIT' | 'ROLLBACK') => {
    if (!isOpen) return
    isOpen = false
    try {
      await execute(sql)
    } finally {
      // Closing the connection takes an open transaction back, whatever state it is in.
      if (hasFailed) await client.reconnect()
    }
  }
  return {
    execute,
    batch: () => Promise.reject(new Error('invariant: Prisma sends one statement at a time')),
    executeMultiple: () => Promise.reject(new Error('invariant: Prisma sends one statement at a time')),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => void end('ROLLBACK'),
    get closed() {
      return !isOpen
    },
  }
}

async function beginWhenFree(client: Client, begin: Begin): Promise<void> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS
  for (let pauseMs = FIRST_BUSY_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_BUSY_PAUSE_MS)) {
    try {
      for (const statement of begin) await executeAlone(client, statement)
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
      await sleep(pauseMs)
    }
  }
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
