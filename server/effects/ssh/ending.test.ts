import { describe, expect, it } from 'vitest'
import { readCommand } from '@/server/core/commands/command'
import { assertAccepted } from './ending'

const result = (exitCode: number | null, signal?: string) => ({
  host: 'net-1',
  argv: ['ip', 'link'],
  exitCode,
  ...(signal && { signal }),
  stdout: '',
  stderr: 'no\n',
  durationMs: 4,
  isTruncated: false,
})

describe('assertAccepted', () => {
  it.each([
    [0, undefined],
    [1, [0, 1]],
  ])('passes exit code %j when %j are accepted', (exitCode, acceptedExitCodes) => {
    const given = result(exitCode)
    expect(assertAccepted(readCommand(['ip', 'link'], { acceptedExitCodes }), given)).toBe(given)
  })

  it.each([
    [result(2), 'net-1: "ip link" failed with exit code 2.'],
    [result(null, 'SIGKILL'), 'net-1: "ip link" was ended by SIGKILL (somebody, or a host without free memory, killed it).'],
    [result(null, 'SIGALRM'), 'net-1: "ip link" was ended by SIGALRM (its own time-out: what it asked did not answer).'],
    [result(null, 'SIGTERM'), 'net-1: "ip link" was ended by SIGTERM.'],
    [result(null), 'net-1: "ip link" was ended by an unknown signal.'],
  ])('refuses %j', (given, message) => {
    expect(() => assertAccepted(readCommand(['ip', 'link']), given)).toThrowError(
      expect.objectContaining({ code: 'command_failed', message, context: expect.objectContaining({ stderr: 'no\n', durationMs: 4 }) }),
    )
  })

  it('names a script, and does not quote it', () => {
    const argv = ['sh', '-c', 'n=$1\nPATH=$PATH', 'tapline-read', 'nonce']
    expect(() => assertAccepted(readCommand(argv), { ...result(1), argv })).toThrowError(
      expect.objectContaining({
        message: 'net-1: "sh -c SCRIPT tapline-read nonce" failed with exit code 1.',
        context: expect.objectContaining({ argv }),
      }),
    )
  })

  it('cuts a long command in the message, not in the context', () => {
    const argv = ['echo', 'x'.repeat(500)]
    expect(() => assertAccepted(readCommand(argv), { ...result(1), argv })).toThrowError(
      expect.objectContaining({
        message: `net-1: "echo ${'x'.repeat(115)}…" failed with exit code 1.`,
        context: expect.objectContaining({ argv }),
      }),
    )
  })
})
