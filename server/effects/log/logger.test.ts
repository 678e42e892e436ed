import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { AppError } from '@/server/core/app-error'
import type { LogLevel } from './log-level'
import { createLogger, type LogFields } from './logger'

function logWith(options: { readonly level?: LogLevel; readonly isTerminal?: boolean } = {}) {
  const written: string[] = []
  const stream = { write: (line: string) => void written.push(line) }
  return { logger: createLogger({ level: 'info', isTerminal: false, stream, ...options }), written }
}

const CANARY = 'canary-4711'

const secretly: readonly (readonly [string, LogFields])[] = [
  ['a field', { password: CANARY }],
  [
    'the context of an error',
    { err: new AppError('authentication_failed', 'No way in.', { host: 'cmp1', auth: { kind: 'key', passphrase: CANARY } }) },
  ],
  ['the cause of an error', { err: new Error('outer', { cause: new AppError('internal', 'inner', { privateKey: CANARY }) }) }],
  [
    'a property of a foreign error',
    { err: Object.assign(new Error('ssh2'), { config: { PrivateKey: Buffer.from(CANARY), password: CANARY } }) },
  ],
  ['a list', { hosts: [{ name: 'a', accessToken: CANARY }] }],
  ['a map', { headers: new Map([['authorization', CANARY]]) }],
  ['what a command was given', { command: { argv: ['tee'], stdin: CANARY } }],
  ['bytes', { key: new TextEncoder().encode(CANARY) }],
]

it.each(secretly.flatMap(([place, fields]) => [true, false].map((isTerminal) => ({ place, fields, isTerminal }))))(
  'a secret in $place is not written (terminal: $isTerminal)',
  ({ fields, isTerminal }) => {
    const { logger, written } = logWith({ isTerminal })
    logger.error('It failed.', fields)
    expect(written.join('')).toContain('It failed.')
    expect(written.join('')).not.toContain(CANARY)
    expect(written.join('')).not.toContain(String([...Buffer.from(CANARY)]))
  },
)

it('writes a line of JSON with the whole chain of an error', () => {
  const { logger, written } = logWith()
  logger.error('A plan failed.', {
    reference: 'abc',
    err: new AppError('command_failed', 'outer', { host: 'cmp1', argv: ['ip', 'link'] }, new Error('inner')),
  })
  expect(written).toHaveLength(1)
  expect(JSON.parse(written[0]!)).toMatchObject({
    level: 'error',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    msg: 'A plan failed.',
    reference: 'abc',
    err: {
      type: 'AppError',
      code: 'command_failed',
      message: 'outer',
      stack: expect.stringContaining('logger.test.ts'),
      context: { host: 'cmp1', argv: ['ip', 'link'] },
      cause: { message: 'inner' },
    },
  })
})

it('writes text where a person looks on', () => {
  const { logger, written } = logWith({ isTerminal: true })
  logger.warn('The disk is nearly full.', { freeMiB: 12 })
  const text = stripVTControlCharacters(written.join(''))
  expect(text).toMatch(/^\[\d\d:\d\d:\d\d\] WARN.*: The disk is nearly full\.\n +freeMiB: 12\n$/)
})

it('leaves out what is less important than its level', () => {
  const { logger, written } = logWith({ level: 'warn' })
  logger.info('Nothing to see.')
  logger.warn('Something to see.')
  expect(written.map((line) => JSON.parse(line).msg)).toEqual(['Something to see.'])
})

it('is not brought down by what it is given', () => {
  const { logger, written } = logWith()
  const circle: Record<string, unknown> = { big: 1n, text: 'x'.repeat(100_000), call: () => 1 }
  circle['self'] = circle
  logger.info('Odd.', { circle, err: 'a thrown string' })
  expect(written[0]!.length).toBeLessThan(100_000)
  expect(JSON.parse(written[0]!)).toMatchObject({ msg: 'Odd.', err: 'a thrown string', circle: { big: '1', call: '[function]' } })
})
