// What the lab tests share: pools that are closed after each test, and questions to the machine that is the host.

import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { type AppError, isAppError } from '@/server/core/app-error'
import { type Command, readCommand } from '@/server/core/commands/command'
import { createSshPool, type SshPool, type SshPoolOptions } from '../pool'

const pools: SshPool[] = []

/** A pool that closePools ends, so that no test leaves a connection or a process to the next. */
export function openPool(options: SshPoolOptions): SshPool {
  const pool = createSshPool(options)
  pools.push(pool)
  return pool
}

export async function closePools(): Promise<void> {
  await Promise.all(pools.splice(0).map((pool) => pool.closeAll()))
}

export function sh(script: string, options: Partial<Command> = {}): Command {
  return readCommand(['sh', '-c', script], options)
}

export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    (value) => new Error(`expected a failure, got ${inspect(value)}`),
    (reason: unknown) => reason,
  )
  if (isAppError(error)) return error
  throw error
}

export function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

export async function eventually(condition: () => boolean, timeoutMs = 30_000): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await delay(20)) if (condition()) return true
  return condition()
}

/** Collects pids that a script prints, one per line, and resolves when there are that many. */
export function pidCollector(count: number) {
  let text = ''
  const pids = () => text.split('\n').slice(0, -1).map(Number)
  return {
    onStdout: (chunk: Uint8Array) => void (text += Buffer.from(chunk).toString()),
    collect: async () => {
      expect(await eventually(() => pids().length >= count)).toBe(true)
      return pids()
    },
  }
}
