// libSQL's local client opens a new connection for every transaction and closes none of them, which costs a process that
// writes all day its file handles. Prisma's adapter lets nothing else run while a transaction is open, so one connection
// is enough: here a transaction is BEGIN and COMMIT on the connection that everything else uses.

import { PrismaLibSql } from '@prisma/adapter-libsql'

type Config = ConstructorParameters<typeof PrismaLibSql>[0]
type Client = ReturnType<PrismaLibSql['createClient']>
type Transaction = Awaited<ReturnType<Client['transaction']>>

export class OneConnection extends PrismaLibSql {
  override createClient(config: Config): Client {
    const client = super.createClient(config)
    return new Proxy(client, {
      get: (_target, key) => {
        if (key === 'transaction') return () => beginTransaction(client)
        const member: unknown = Reflect.get(client, key, client)
        return typeof member === 'function' ? member.bind(client) : member
      },
    })
  }
}

/** IMMEDIATE takes the writer's place before anything is read, so nothing that was read is stale when it is written. */
async function beginTransaction(client: Client): Promise<Transaction> {
  await client.execute('BEGIN IMMEDIATE')
  let isOpen = true
  const end = async (sql: 'COMMIT' | 'ROLLBACK') => {
    if (!isOpen) return
    await client.execute(sql)
    isOpen = false
  }
  return {
    execute: (statement) => client.execute(statement),
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
