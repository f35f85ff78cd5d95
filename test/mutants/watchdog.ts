import { Worker } from 'node:worker_threads'

/** Ends the process, saying which mutant it was, when one takes longer than it may: a hang cannot be caught from inside it. */
export class Watchdog {
  readonly #now = new Int32Array(new SharedArrayBuffer(4))
  readonly #worker: Worker

  constructor(seconds: number, seed: string) {
    this.#worker = new Worker(WATCH, { eval: true, workerData: { now: this.#now, seconds, seed } })
  }

  begins(number: number): void {
    Atomics.store(this.#now, 0, number)
  }

  end(): void {
    void this.#worker.terminate()
  }
}

const WATCH = `
  const { writeSync } = require('node:fs')
  const { workerData: { now, seconds, seed } } = require('node:worker_threads')
  let [seen, since] = [-1, 0]
  setInterval(() => {
    const number = Atomics.load(now, 0)
    since = number === seen ? since + 1 : 0
    seen = number
    if (since < seconds) return
    writeSync(1, '--seed ' + seed + ' --from ' + number + ' --files 1: it hangs: not done after ' + seconds + ' seconds\\n')
    process.kill(process.pid, 'SIGKILL')
  }, 1000)
`
