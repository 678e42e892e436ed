// How many statements the database is asked for, of all connections that are opened while it counts.

import { vi } from 'vitest'
import { OneConnection } from '../one-connection'

export interface StatementCount {
  /** Statements of the work. */
  during(work: () => Promise<unknown>): Promise<number>
  stop(): void
}

export function countStatements(): StatementCount {
  let statements = 0
  // Not bound to an instance: each connection is made by its own.
  const { createClient } = OneConnection.prototype
  const spy = vi.spyOn(OneConnection.prototype, 'createClient').mockImplementation(function (this: OneConnection, config) {
    const client = createClient.call(this, config)
    return new Proxy(client, {
      get: (target, key) => {
        if (key === 'execute') statements += 1
        return Reflect.get(target, key)
      },
    })
  })
  return {
    during: async (work) => {
      const before = statements
      await work()
      return statements - before
    },
    stop: () => spy.mockRestore(),
  }
}
