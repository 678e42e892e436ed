import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Command, CommandResult } from '@/server/core/commands/command'
import { observeHost, type ReadSession } from './observe'

const NONCE = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
const recorded = readFileSync(new URL('../core/parse/fixtures/ovs-3.1/host-read.txt', import.meta.url), 'utf8')
const clock = { now: () => new Date('2026-01-02T03:04:05.678Z') }

function session(result: Partial<CommandResult>, commands: Command[] = []): ReadSession {
  return {
    runOrThrow: async (command) => {
      commands.push(command)
      return { host: 'a', argv: command.argv, exitCode: 0, stdout: recorded, stderr: '', durationMs: 123, isTruncated: false, ...result }
    },
  }
}

describe('observeHost', () => {
  it('reads a host with one command', async () => {
    const commands: Command[] = []
    const observation = await observeHost(session({}, commands), 'host-1', { clock, nonce: NONCE })
    expect(commands.map(({ argv, isMutating }) => [argv.at(-1), isMutating])).toEqual([[NONCE, false]])
    expect(observation).toMatchObject({ hostId: 'host-1', observedAt: '2026-01-02T03:04:05.678Z', durationMs: 123, unparsed: [] })
    expect(observation.state.links.length).toBeGreaterThan(10)
  })

  it.each([
    ['was cut short', { stdout: recorded.slice(0, 20_000) }, 'parse_failed'],
    ['is empty', { stdout: '' }, 'parse_failed'],
    ['answers another nonce', { stdout: recorded.replaceAll('5f1c', '6f1c') }, 'parse_failed'],
    ['was truncated on the way', { isTruncated: true }, 'output_too_large'],
  ])('refuses a reading that %s', async (_, result, code) => {
    await expect(observeHost(session(result), 'host-1', { clock, nonce: NONCE })).rejects.toMatchObject({ code, context: { host: 'a' } })
  })
})
