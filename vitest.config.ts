import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

// One process for all files, as for the units: loading the console anew for each costs seconds.
const onHosts = { fileParallelism: false, isolate: false, testTimeout: 1_200_000, hookTimeout: 1_200_000 }
const onTheLab = { ...onHosts, globalSetup: ['lab/tests/global-setup.ts'] }

// `unit` needs nothing. The others need root. `root` does with this machine: its files bring up and take down themselves what else they
// need. The rest build real hosts, each project in one lab of its own, so its files run one after another: `lab` on hosts that are
// namespaces, `vmhost` on those with a kernel of their own, `emulated` with guests in these, which take minutes to boot, or with gateways: `npm test`
// leaves it to be asked for.
export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    // All processors: the default leaves one to the runner, which has little to do once the files are loaded.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,lab,components,app,scripts,bench}/**/*.test.{ts,tsx}'],
          // Nothing is mocked and modules keep no state, so files may share them: less than half the time.
          isolate: false,
          // A busy machine is no failure; the store and the secret box do real work.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          exclude: ['**/*.{root,lab,vmhost,emulated}.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: { name: 'root', include: ['{server,lab}/**/*.root.test.ts'], ...onHosts },
      },
      {
        extends: true,
        test: { name: 'lab', include: ['{server,lab}/**/*.lab.test.ts'], ...onTheLab },
      },
      {
        extends: true,
        test: { name: 'vmhost', include: ['lab/**/*.vmhost.test.ts'], ...onTheLab },
      },
      {
        extends: true,
        test: { name: 'emulated', include: ['lab/**/*.emulated.test.ts'], ...onTheLab },
      },
    ],
  },
})
