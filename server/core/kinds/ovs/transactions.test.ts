import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteArgv } from '../../commands/quote'
import { MAX_INLINE_LENGTH, transaction, transactions } from './transactions'

const clauses = (count: number) => Array.from({ length: count }, (_, index) => ['add-port', 'br-int', `spi-${index}`])

describe('an OVSDB transaction', () => {
  it('is one ovs-vsctl while it fits into a command line', () => {
    const command = transaction(clauses(2))
    expect(command.argv).toEqual(['ovs-vsctl', '--timeout=20', '--', 'add-port', 'br-int', 'spi-0', '--', 'add-port', 'br-int', 'spi-1'])
    expect(command.stdin).toBeUndefined()
  })

  it('[PLAN-12] travels on standard input when it does not, still as one command', () => {
    const command = transaction(clauses(4000))
    expect(command.argv).toEqual(['xargs', '-d', '\\n', '-x', '-n', '16000', '-s', '1900000', 'ovs-vsctl', '--timeout=20'])
    expect(command.stdin?.split('\n').slice(0, 5)).toEqual(['--', 'add-port', 'br-int', 'spi-0', '--'])
  })

  it('never makes a command line that a remote shell would not take', () => {
    const sizes = fc.integer({ min: 1, max: 3000 })
    fc.assert(
      fc.property(sizes, (size) => quoteArgv(transaction(clauses(size)).argv).length <= MAX_INLINE_LENGTH),
      { numRuns: 30 },
    )
  })

  it('hands over exactly the same arguments either way, whatever is in them', () => {
    const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !/[\n\0]/.test(text))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const padded = [...words, 'x'.repeat(MAX_INLINE_LENGTH)]
        const { argv, stdin } = transaction([padded])
        // The real xargs, with a program that prints its arguments.
        const printer = ['node', '-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--']
        const seen = execFileSync(argv[0]!, [...argv.slice(1, argv.indexOf('ovs-vsctl')), ...printer], { input: stdin })
        expect(JSON.parse(seen.toString())).toEqual(['--', ...padded])
      }),
      { numRuns: 8 },
    )
  })

  it('becomes several only beyond what a program may be given', () => {
    expect(transactions('Title', 'why', clauses(10_000)).map((step) => step.title)).toEqual(['Title'])
    expect(transactions('Title', 'why', [])).toEqual([])
    const many = transactions('Title', 'why', clauses(60_000))
    expect(many.map((step) => step.title)).toEqual(['Title (1 of 2)', 'Title (2 of 2)'])
    expect(
      many
        .map((step) => step.command.stdin)
        .join('')
        .match(/^add-port$/gm),
    ).toHaveLength(60_000)
  })

  it('refuses an argument that a line cannot carry', () => {
    expect(() => transaction([['a\nb', 'x'.repeat(MAX_INLINE_LENGTH)]])).toThrow(/line break/)
  })
})
